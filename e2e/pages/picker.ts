import type { Frame, Locator, Page } from "@playwright/test";
import type { SheafBrowser } from "../support/browser.ts";
import { waitUntil } from "../support/wait-until.ts";
import { Popup } from "./popup.ts";

/** The overlay on a page. It lies in a frame inside a closed shadow root, which the page cannot look into; the browser's own tools can. */
export class PickerOverlay {
	readonly #frame: Frame;
	readonly #page: Page;

	private constructor(page: Page, frame: Frame) {
		this.#page = page;
		this.#frame = frame;
	}

	/** As a person opens it: the popup over the page, its menu, the entry. */
	static async openOn(browser: SheafBrowser, page: Page): Promise<PickerOverlay> {
		const popup = await Popup.openOn(browser, page);
		await popup.press("Menu");
		await popup.press("Pick fields on this page…");
		return await PickerOverlay.on(page);
	}

	/** Waits for it to be shown on the page. */
	static async on(page: Page): Promise<PickerOverlay> {
		const frame = await waitUntil("the picker", async () => {
			for (const one of page.frames()) {
				if (one !== page.mainFrame() && (await one.locator(".picker-panel").count()) > 0) return one;
			}
			return null;
		});
		return new PickerOverlay(page, frame);
	}

	/** Evaluates an expression in the overlay's own document. */
	evaluate<Value>(expression: string): Promise<Value> {
		return this.#frame.evaluate<Value>(expression);
	}

	panel(): Locator {
		return this.#frame.locator(".picker-panel");
	}

	button(name: string): Locator {
		return this.#frame.getByRole("button", { name, exact: true });
	}

	field(label: string): Locator {
		return this.#frame.getByLabel(label, { exact: true });
	}

	/** Where the pointer's outline is drawn now; null without one. */
	async outlined(): Promise<{ x: number; y: number; width: number; height: number } | null> {
		return await this.#frame.locator('.outline[data-look="current"]').boundingBox();
	}

	/** Clicks the middle of something on the page, through the overlay that lies over it. */
	async click(selector: string): Promise<void> {
		const box = await this.#page.locator(selector).first().boundingBox();
		if (!box) throw new Error(`${selector} is not to be seen.`);
		await this.#page.mouse.click(box.x + Math.min(20, box.width / 2), box.y + box.height / 2);
	}

	/** Clicks something and adds it as a field under that name. */
	async pick(selector: string, name: string): Promise<void> {
		await this.click(selector);
		await this.field("Field").fill(name);
		await this.button("Add field").click();
	}
}
