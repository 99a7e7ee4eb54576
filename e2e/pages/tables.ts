import { expect, type Page } from "@playwright/test";
import type { TableRow, TablesFound } from "../../extension/capture/tables/types.ts";
import type { MessageName, Protocol } from "../../extension/messages/protocol.ts";
import type { Collection, CollectLimit } from "../../extension/settings/collections.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { Popup } from "./popup.ts";

/** A page whose tables are asked for as the side panel does: from a page of the extension, after a gesture on the page. */
export class Tables {
	readonly #asking: Page;
	readonly #tabId: number;

	private constructor(asking: Page, tabId: number) {
		this.#asking = asking;
		this.#tabId = tabId;
	}

	static async of(browser: SheafBrowser, page: Page): Promise<Tables> {
		const asking = await browser.openExtensionPage("options.html");
		// Opening the popup is the gesture that lets the extension read this one page.
		const popup = await Popup.openOn(browser, page);
		await popup.close();
		const worker = await browser.worker();
		const tabId = await worker.evaluate(async (url) => {
			const tabs = await chrome.tabs.query({});
			return tabs.find((tab) => tab.url === url)?.id ?? -1;
		}, page.url());
		return new Tables(asking, tabId);
	}

	async #ask<Name extends MessageName>(name: Name, payload: Protocol[Name]["ask"]): Promise<Protocol[Name]["answer"]> {
		const reply = await this.#asking.evaluate(
			(message) => chrome.runtime.sendMessage<object, { ok: boolean; answer: unknown }>(message),
			{ sheaf: name, payload },
		);
		if (!reply.ok) throw new Error(JSON.stringify(reply));
		return reply.answer as Protocol[Name]["answer"];
	}

	async find(): Promise<TablesFound["tables"]> {
		const found = await this.#ask("tables.find", { tabId: this.#tabId });
		if (!found.ok) throw new Error(found.reason);
		return found.tables;
	}

	/** Begins to collect the page's best table. */
	async collect(limit: CollectLimit): Promise<void> {
		const [table] = await this.find();
		if (table === undefined) throw new Error("The page has no table.");
		await this.#ask("tables.collect", { tabId: this.#tabId, table, limit });
	}

	async resume(limit: CollectLimit): Promise<void> {
		await this.#ask("tables.resume", { tabId: this.#tabId, limit });
	}

	async stop(): Promise<void> {
		await this.#ask("tables.stop", { tabId: this.#tabId });
	}

	/** What the panel watches. */
	async collection(): Promise<Collection | null> {
		const key = `collection/${this.#tabId}`;
		const stored = await this.#asking.evaluate((name) => chrome.storage.session.get(name), key);
		return (stored[key] as Collection | undefined) ?? null;
	}

	/** The collection when it has ended. */
	async ended(): Promise<Collection> {
		await expect.poll(async () => (await this.collection())?.end ?? null, { timeout: 60_000 }).not.toBeNull();
		const collection = await this.collection();
		if (collection === null) throw new Error("There is no collection.");
		return collection;
	}

	/** The values of one column over all collected rows, in their order. */
	async column(id: string): Promise<unknown[]> {
		const collection = await this.collection();
		const keys = Array.from(
			{ length: collection?.chunks ?? 0 },
			(_, chunk) => `collection-rows/${collection?.id}/${chunk}`,
		);
		const stored = await this.#asking.evaluate((names) => chrome.storage.session.get(names), keys);
		return keys.flatMap((key) => (stored[key] as TableRow[]).map(({ cells }) => cells[id]?.value));
	}
}
