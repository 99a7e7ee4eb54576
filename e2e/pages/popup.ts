import type { Page } from "@playwright/test";
import type { RecordState } from "../../extension/outbox/types.ts";
import type { SendCommand } from "../support/accessibility.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { type KeyName, keyEvents, type Modifier } from "../support/keys.ts";
import type { TargetSession } from "../support/target-session.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The element with the focus: what it is called, and the width of the ring drawn around it (0: none is seen). */
export type Focused = { name: string; ring: number };

type Point = { x: number; y: number };

/** The real popup over a page, opened with the permission that a press on the toolbar button grants. */
export class Popup {
	readonly #session: TargetSession;

	private constructor(session: TargetSession) {
		this.#session = session;
	}

	static async openOn(browser: SheafBrowser, page: Page): Promise<Popup> {
		return Popup.of(await browser.openPopupOn(page));
	}

	static of(session: TargetSession): Popup {
		return new Popup(session);
	}

	/** Everything it shows, as a person reads it. */
	text(): Promise<string> {
		// Before the page is parsed it has no body, and nothing to read.
		return this.#session.evaluate<string>("document.body?.innerText ?? ''");
	}

	async waitForText(wanted: string): Promise<void> {
		await waitUntil(`the popup to say ${wanted}`, async () => (await this.text()).includes(wanted)).catch(
			async (error: Error) => {
				throw new Error(`${error.message}; it says:\n${await this.text()}`);
			},
		);
	}

	/** The text of an input, by its label. */
	async field(label: string): Promise<string> {
		return await waitUntil(`the field ${label}`, () =>
			this.#session.evaluate<string>(`${byLabel(label)}?.value ?? null`),
		);
	}

	async fill(label: string, value: string): Promise<void> {
		await this.field(label);
		await this.#session.evaluate(`(() => { const input = ${byLabel(label)}; input.focus(); input.select?.(); })()`);
		await this.#session.send("Input.insertText", { text: value });
		await waitUntil(`${label} to read ${value}`, async () => (await this.field(label)) === value);
	}

	/** Sets what is chosen and not typed: a day, a time, a choice of a native list. */
	async set(label: string, value: string): Promise<void> {
		await this.field(label);
		await this.#session.evaluate(`(() => {
			const input = ${byLabel(label)};
			input.value = ${JSON.stringify(value)};
			input.dispatchEvent(new Event(input.localName === "select" ? "change" : "input", { bubbles: true }));
		})()`);
		await waitUntil(`${label} to be ${value}`, async () => (await this.field(label)) === value);
	}

	/** Types into an input with a list and chooses, with Enter, the option that reads so. */
	async choose(label: string, text: string, option = text): Promise<void> {
		await this.fill(label, text);
		await waitUntil(`${option} to be the option of ${label}`, async () => (await this.activeOption(label)) === option);
		await this.key("Enter");
		await waitUntil(`the list of ${label} to take it`, async () => (await this.field(label)) === "");
	}

	/** What Enter would choose in an input with a list; null while it is closed. */
	activeOption(label: string): Promise<string | null> {
		return this.#session.evaluate(
			`document.getElementById(${byLabel(label)}?.getAttribute("aria-activedescendant"))?.innerText.trim() ?? null`,
		);
	}

	/** Gives an input the focus, by its label. */
	async focus(label: string): Promise<void> {
		await this.field(label);
		await this.#session.evaluate(`${byLabel(label)}.focus()`);
	}

	/** Presses the enabled button that begins with these words, with the mouse; again where the list under it grew at that moment. */
	async press(words: string): Promise<void> {
		await waitUntil(`a press on ${words} to land`, async () => {
			const { x, y } = await this.#spotOf(words);
			for (const type of ["mousePressed", "mouseReleased"]) {
				await this.#session.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
			}
			// A popup that has closed was pressed.
			return await this.#session.evaluate<boolean>(hasLanded).catch(() => true);
		});
	}

	async #spotOf(words: string): Promise<Point> {
		const spot = waitUntil(`the button ${words}`, () => this.#session.evaluate<Point | null>(spotOf(words)));
		return await spot.catch(async (error: Error) => {
			throw new Error(`${error.message}; the popup shows:\n${await this.text()}`);
		});
	}

	/** The state of the record that was just sent, by the line in the place of the button; null before that. */
	sentState(): Promise<RecordState | null> {
		return this.#session.evaluate("document.querySelector('.send-line .status')?.dataset.state ?? null");
	}

	/** Waits until the popup says where the sent record is: from "Saved here" on. */
	async saved(): Promise<RecordState> {
		return await waitUntil("the popup to say that it is saved", () => this.sentState()).catch(async (error: Error) => {
			throw new Error(`${error.message}; the popup shows:\n${await this.text()}`);
		});
	}

	async waitForSent(state: RecordState, timeoutMs = 30_000): Promise<void> {
		await waitUntil(`the record to be ${state}`, async () => (await this.sentState()) === state, { timeoutMs });
	}

	/** Where the sent record's line links to. */
	async sentLink(): Promise<string> {
		return await waitUntil("the link to the row", () =>
			this.#session.evaluate<string | null>("document.querySelector('.send-line a')?.href ?? null"),
		);
	}

	/** PNG, as it looks when nothing moves any more. @param clip a part of it, with a scale */
	async screenshot(clip?: Record<"x" | "y" | "width" | "height" | "scale", number>): Promise<Buffer> {
		await this.evaluate("Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => null)");
		const { data } = await this.#session.send<{ data: string }>("Page.captureScreenshot", {
			format: "png",
			...(clip ? { clip } : {}),
		});
		return Buffer.from(data, "base64");
	}

	/** Presses a key, as a keyboard does. */
	async key(key: KeyName, modifier?: Modifier): Promise<void> {
		for (const event of keyEvents(key, modifier)) await this.#session.send("Input.dispatchKeyEvent", event);
	}

	/** Types where the focus is. */
	async type(text: string): Promise<void> {
		await this.#session.send("Input.insertText", { text });
	}

	/** Tabs until the control whose name begins so has the focus, and gives the names on the way. */
	async tabTo(name: string): Promise<string[]> {
		const passed: string[] = [];
		for (let presses = 0; presses < 40; presses += 1) {
			await this.key("Tab");
			const focused = await this.focused();
			passed.push(focused.name);
			if (focused.name.startsWith(name)) return passed;
		}
		throw new Error(`Tab does not lead to ${name}, but to: ${passed.join(", ")}`);
	}

	/** What has the focus, and whether a person can see that. */
	focused(): Promise<Focused> {
		return this.#session.evaluate<Focused>(describeFocus);
	}

	/** Takes the popup's own network away, or gives it back: the browser's switch does not reach a popup. */
	async setOffline(offline: boolean): Promise<void> {
		await this.#session.send("Network.enable", {});
		const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
		await this.#session.send("Network.emulateNetworkConditions", conditions);
		await waitUntil("the popup to notice", async () => (await this.evaluate("!navigator.onLine")) === offline);
	}

	/** One DevTools command to the popup itself. */
	send: SendCommand = (method, params) => this.#session.send(method, params);

	evaluate<Value>(expression: string): Promise<Value> {
		return this.#session.evaluate<Value>(expression);
	}

	async close(): Promise<void> {
		if (this.#session.closed) return;
		// The answer to this may be the end of the session itself.
		await this.#session.evaluate("window.close()").catch(() => undefined);
		await waitUntil("the popup to close", () => this.#session.closed);
	}
}

const byLabel = (label: string): string => `(() => {
	const wanted = ${JSON.stringify(label)};
	const labelled = [...document.querySelectorAll("label")].find((label) => label.textContent.trim().startsWith(wanted));
	return labelled?.control ?? document.querySelector('[aria-label="' + wanted + '"]');
})()`;

/** Null until the button stands still from one frame to the next and nothing lies over it: a press would land beside it. */
const spotOf = (words: string): string => `(async () => {
	const wanted = ${JSON.stringify(words)};
	const button = [...document.querySelectorAll("button, a.button, [role=menuitem]")].find(
		(one) => !one.disabled && one.ariaDisabled !== "true" && (one.innerText.trim().startsWith(wanted) || one.getAttribute("aria-label") === wanted),
	);
	if (!button) return null;
	button.scrollIntoView({ block: "nearest" });
	const box = button.getBoundingClientRect();
	const spot = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
	await frame().then(frame);
	const after = button.getBoundingClientRect();
	const still = after.x === box.x && after.y === box.y && after.width === box.width && after.height === box.height;
	const hit = document.elementFromPoint(spot.x, spot.y);
	if (!still || hit === null || !button.contains(hit)) return null;
	globalThis.hasLanded = false;
	addEventListener("click", (event) => { globalThis.hasLanded = event.composedPath().includes(button); }, { capture: true, once: true });
	return spot;
})()`;

/** Whether the click that came after `spotOf` was one on the button it had found. */
const hasLanded = "globalThis.hasLanded";

const describeFocus = `(() => {
	const element = document.activeElement;
	if (!element || element === document.body) return { name: "", ring: 0 };
	const label = element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.innerText ?? "";
	const ringed = element.closest(".chips") ?? element;
	const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
	return { name: label.replaceAll(/\\s+/g, " ").trim(), ring: outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth) };
})()`;
