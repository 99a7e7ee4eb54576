import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Page } from "./state.ts";

export type PageEvent = "page.created" | "page.properties_updated" | "page.deleted" | "page.undeleted";

/** `status` null: nobody answered. */
export type Delivery = { type: string; status: number | null };

type Told = { page: Page; type: PageEvent; by: { id: string; type: "person" | "bot" }; workspaceId: string };

/** The subscription that somebody made by hand in the settings of an integration: shown its secret once, then told of pages. */
export class Subscription {
	readonly verificationToken = `secret_${randomBytes(24).toString("hex")}`;
	readonly delivered: Delivery[] = [];
	/** Switched off, nobody is told: what a lost event looks like. */
	delivers = true;
	readonly #url: string;
	readonly #id = randomUUID();
	readonly #integrationId = randomUUID();
	readonly #sending = new Set<Promise<void>>();

	constructor(url: string) {
		this.#url = url;
	}

	/** The first message: it is not signed, and carries the secret that signs all others. */
	async verify(): Promise<number | null> {
		return await post(this.#url, { body: JSON.stringify({ verification_token: this.verificationToken }) });
	}

	tell({ page, type, by, workspaceId }: Told): void {
		if (!this.delivers) return;
		const body = JSON.stringify({
			id: randomUUID(),
			timestamp: new Date().toISOString(),
			workspace_id: workspaceId,
			subscription_id: this.#id,
			integration_id: this.#integrationId,
			authors: [by],
			attempt_number: 1,
			api_version: "2025-09-03",
			type,
			entity: { id: page.id, type: "page" },
			data: { parent: { id: page.dataSourceId, type: "data_source" } },
		});
		this.send(type, body);
	}

	send(type: string, body: string): void {
		const signature = `sha256=${createHmac("sha256", this.verificationToken).update(body).digest("hex")}`;
		const sending = post(this.#url, { body, signature }).then((status) => {
			this.delivered.push({ type, status });
			this.#sending.delete(sending);
		});
		this.#sending.add(sending);
	}

	/** Resolves when everything that left was answered. */
	async settled(): Promise<void> {
		await Promise.all(this.#sending);
	}
}

async function post(url: string, { body, signature }: { body: string; signature?: string }): Promise<number | null> {
	const headers = {
		"content-type": "application/json",
		...(signature === undefined ? {} : { "x-notion-signature": signature }),
	};
	try {
		return (await fetch(url, { method: "POST", headers, body })).status;
	} catch {
		return null;
	}
}
