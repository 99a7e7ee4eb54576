import { execFileSync } from "node:child_process";
import type { Page } from "@playwright/test";
import type { Display } from "./display.ts";
import { waitUntil } from "./wait-until.ts";

/**
 * Real mouse and keyboard events on a display. Only these, and the browser's own `Extensions.triggerAction`, grant
 * activeTab; what a test dispatches in JavaScript grants nothing.
 */
export type Hands = {
	/** Right-clicks in the page and chooses the entry that is `fromBottom` places above the menu's end. */
	chooseFromMenu(at: Spot, fromBottom: number): Promise<void>;
	/** The same at a point of the screen. */
	chooseFromMenuAt(point: { x: number; y: number }, fromBottom: number): Promise<void>;
	/** Keys by their X names, for example `alt+shift+s`. */
	press(keys: string): void;
	click(x: number, y: number): void;
};

/** Something in a page: the first element of a selector, or a point of the viewport. */
export type Spot = { page: Page; selector: string } | { page: Page; x: number; y: number };

export function handsOn(display: Display): Hands {
	const xdotool = (...args: string[]): string =>
		execFileSync("xdotool", args, { env: { ...process.env, DISPLAY: display.name }, encoding: "utf8" });
	const moveTo = (x: number, y: number) => xdotool("mousemove", String(Math.round(x)), String(Math.round(y)));
	const windows = () => countWindows(() => xdotool("search", "--onlyvisible", "--name", ".*"));
	const chooseFromMenuAt: Hands["chooseFromMenuAt"] = async ({ x, y }, fromBottom) => {
		moveTo(x, y);
		const before = windows();
		xdotool("click", "3");
		// A menu is a window of its own; keys pressed before it is there would go to the page.
		await waitUntil("the context menu", () => windows() > before, { timeoutMs: 10_000 });
		// Up from a freshly opened menu goes to its last entry.
		for (let step = 0; step < fromBottom; step += 1) xdotool("key", "Up");
		xdotool("key", "Return");
		await waitUntil("the context menu to close", () => windows() <= before, { timeoutMs: 10_000 });
	};
	return {
		press: (keys) => void xdotool("key", keys),
		click: (x, y) => {
			moveTo(x, y);
			xdotool("click", "1");
		},
		chooseFromMenuAt,
		chooseFromMenu: async (at, fromBottom) => await chooseFromMenuAt(await onScreen(at), fromBottom),
	};
}

/** xdotool ends with 1 when it finds none. */
function countWindows(search: () => string): number {
	try {
		return search().trim().split("\n").filter(Boolean).length;
	} catch {
		return 0;
	}
}

async function onScreen(at: Spot): Promise<{ x: number; y: number }> {
	if ("selector" in at) await at.page.locator(at.selector).first().scrollIntoViewIfNeeded();
	const frame = await at.page.evaluate(() => ({ left: screenX, top: screenY + outerHeight - innerHeight }));
	if (!("selector" in at)) return { x: frame.left + at.x, y: frame.top + at.y };
	const box = await at.page.locator(at.selector).first().boundingBox();
	if (!box) throw new Error(`${at.selector} is not to be seen.`);
	// A little inside the start: the middle of a paragraph's box may hold no text.
	return { x: frame.left + box.x + Math.min(20, box.width / 2), y: frame.top + box.y + box.height / 2 };
}
