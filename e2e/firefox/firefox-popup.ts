import type { Page } from "puppeteer-core";
import type { Hands } from "../support/hands.ts";
import { waitUntil } from "../support/wait-until.ts";

/** As `_execute_action` is set for Firefox in wxt.config.ts. */
const openKeys = "alt+shift+c";

/** The real popup, opened and worked by its keys, and read from another page of the extension. */
export class FirefoxPopup {
	readonly #reader: Page;
	readonly #hands: Hands;

	constructor(reader: Page, hands: Hands) {
		this.#reader = reader;
		this.#hands = hands;
	}

	async openOn(page: Page): Promise<void> {
		await page.bringToFront();
		this.#hands.press(openKeys);
		await waitUntil("the popup", async () => (await this.text()) !== null);
	}

	/** What it shows; null while it is closed. */
	text(): Promise<string | null> {
		return this.#reader.evaluate(
			() => chrome.extension.getViews({ type: "popup" })[0]?.document.body?.innerText ?? null,
		);
	}

	/** The text of an input, by its label; null while there is none. */
	field(label: string): Promise<string | null> {
		return this.#reader.evaluate((wanted) => {
			const form = chrome.extension.getViews({ type: "popup" })[0]?.document;
			const inputs = [...(form?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea") ?? [])];
			return (
				inputs.find((input) => input.labels?.[0]?.textContent === wanted || input.ariaLabel === wanted)?.value ?? null
			);
		}, label);
	}

	async waitForText(words: string): Promise<void> {
		await waitUntil(`the popup to say ${words}; it says ${await this.text()}`, async () =>
			(await this.text())?.includes(words),
		);
	}

	/**
	 * Presses the main button's key. The button is there, and off, while the page is being read. Without a window manager the popup takes keys
	 * only once Tab has led into it.
	 */
	async send(): Promise<void> {
		await waitUntil("the popup to have read the page", () => this.#canSend());
		await waitUntil("the popup to take keys", async () => {
			if (await this.#hasFocus()) return true;
			this.#hands.press("Tab");
			return false;
		});
		this.#hands.press("ctrl+Return");
		await this.#saved();
	}

	/** Waits until it is said that what was pressed is saved. */
	async #saved(): Promise<void> {
		const isSaid = () =>
			this.#reader.evaluate(() => {
				const popup = chrome.extension.getViews({ type: "popup" })[0];
				return (popup?.document.querySelector(".send-line .status") ?? null) !== null;
			});
		await waitUntil("the popup to say that it is saved", isSaid).catch(async (error: Error) => {
			throw new Error(`${error.message}; it shows:\n${await this.text()}`);
		});
	}

	#canSend(): Promise<boolean> {
		return this.#reader.evaluate(() => {
			const popup = chrome.extension.getViews({ type: "popup" })[0]?.document;
			return (popup?.querySelector('.send [data-look="main"]:not([aria-disabled])') ?? null) !== null;
		});
	}

	#hasFocus(): Promise<boolean> {
		return this.#reader.evaluate(() => {
			const popup = chrome.extension.getViews({ type: "popup" })[0]?.document;
			return popup?.activeElement?.matches("button, input, textarea, select, a") ?? false;
		});
	}

	async close(): Promise<void> {
		this.#hands.press("Escape");
		await waitUntil("the popup to close", async () => (await this.text()) === null);
	}
}
