import type { Page } from "@playwright/test";
import { browserOf, extensionUrl, type SheafBrowser } from "../support/browser.ts";
import { type KeyName, keyEvents, type Modifier } from "../support/keys.ts";
import { TargetSession } from "../support/target-session.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The real side panel beside a page that the toolbar button was pressed on. */
export class Panel {
	readonly #session: TargetSession;

	private constructor(session: TargetSession) {
		this.#session = session;
	}

	/** Opens it from the popup, as the popup's button does: with a gesture, for the tab the popup is over. */
	static async openOn(browser: SheafBrowser, page: Page): Promise<Panel> {
		const popup = await browser.openPopupOn(page);
		await waitUntil("the popup's tab", () =>
			popup.evaluate<boolean>(
				"chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) => Boolean(globalThis.besideTab = tab))",
			),
		);
		const open = popup.evaluate(`(() => {
			chrome.storage.session.set({ panelWish: { view: "page", tabId: besideTab.id, at: Date.now() } });
			return chrome.sidePanel.open({ windowId: besideTab.windowId }).then(() => null);
		})()`);
		// The popup closes when the panel takes its focus.
		await open.catch(() => undefined);
		return Panel.of(await TargetSession.attach(browserOf(browser.context), extensionUrl("sidepanel.html")));
	}

	static of(session: TargetSession): Panel {
		return new Panel(session);
	}

	text(): Promise<string> {
		return this.evaluate<string>("document.body?.innerText ?? ''");
	}

	async waitForText(wanted: string, timeoutMs = 30_000): Promise<void> {
		await waitUntil(`the panel to say ${wanted}`, async () => (await this.text()).includes(wanted), {
			timeoutMs,
		}).catch(async (error: Error) => {
			throw new Error(`${error.message}; it says:\n${await this.text()}`);
		});
	}

	/** Presses the enabled button, tab or menu entry that begins with these words. */
	async press(words: string): Promise<void> {
		await waitUntil(`the button ${words}`, () =>
			this.evaluate<boolean>(`(() => {
				const button = [...document.querySelectorAll("button, [role=menuitem], [role=menuitemcheckbox], summary")].find((one) =>
					one.checkVisibility() && one.ariaDisabled !== "true" && (one.innerText.trim().startsWith(${JSON.stringify(words)}) || one.ariaLabel === ${JSON.stringify(words)}));
				button?.click();
				return Boolean(button);
			})()`),
		);
	}

	/** Chooses an option of a labelled select, by its words. */
	async choose(label: string, option: string): Promise<void> {
		await waitUntil(`the choice ${label}`, () =>
			this.evaluate<boolean>(`(() => {
				const select = [...document.querySelectorAll("label")].find((one) => one.textContent.trim() === ${JSON.stringify(label)})?.control;
				const option = [...(select?.options ?? [])].find((one) => one.text === ${JSON.stringify(option)});
				if (!option) return false;
				select.value = option.value;
				select.dispatchEvent(new Event("change", { bubbles: true }));
				return true;
			})()`),
		);
	}

	/** Types into a labelled text field. */
	async fill(label: string, text: string): Promise<void> {
		await waitUntil(`the field ${label}`, () =>
			this.evaluate<boolean>(`(() => {
				const field = [...document.querySelectorAll("label")].find((one) => one.textContent.trim() === ${JSON.stringify(label)})?.control;
				field?.focus();
				return Boolean(field);
			})()`),
		);
		await this.#session.send("Input.insertText", { text });
	}

	/** The focus on the grid itself, as Tab would bring it. */
	async focusGrid(): Promise<void> {
		await this.evaluate("document.querySelector('[role=grid]').focus()");
	}

	async key(key: KeyName, modifier?: Modifier): Promise<void> {
		for (const event of keyEvents(key, modifier)) await this.#session.send("Input.dispatchKeyEvent", event);
	}

	/** PNG of the panel as it is. */
	async screenshot(): Promise<Buffer> {
		const { data } = await this.#session.send<{ data: string }>("Page.captureScreenshot", { format: "png" });
		return Buffer.from(data, "base64");
	}

	send = <Result>(method: string, params: Record<string, unknown> = {}): Promise<Result> =>
		this.#session.send<Result>(method, params);

	evaluate<Value>(expression: string): Promise<Value> {
		return this.#session.evaluate<Value>(expression);
	}

	async close(): Promise<void> {
		await this.#session.evaluate("window.close()").catch(() => undefined);
		await waitUntil("the panel to close", () => this.#session.closed);
	}
}
