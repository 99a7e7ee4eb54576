import type { NamedRow } from "../../backend/connectors/airtable/simulator/control.ts";
import { Popup } from "../pages/popup.ts";
import type { SheafBrowser } from "./browser.ts";
import type { Simulator } from "./simulator.ts";
import type { TestBase } from "./test-base.ts";
import { waitUntil } from "./wait-until.ts";

/** Opens the address in a tab, presses Send (a guest: "Save here") in the real popup, and waits until the popup says that it is saved. */
export async function captureByPopup(browser: SheafBrowser, url: string, button = "Send"): Promise<void> {
	const page = await browser.context.newPage();
	await page.goto(url);
	const popup = await Popup.openOn(browser, page);
	await popup.press(button);
	await popup.saved();
	await popup.close();
	await page.close();
}

/** How many rows there are of each captured address: none lost means none 0, none double means none above 1. */
export type Tally = { rows: NamedRow[]; lost: string[]; doubled: string[] };

export async function tally(simulator: Simulator, base: TestBase, urls: string[]): Promise<Tally> {
	const rows = await simulator.rows(base.id, base.table);
	const count = (url: string) => rows.filter((row) => row.cells["URL"] === url).length;
	return {
		rows,
		lost: urls.filter((url) => count(url) === 0),
		doubled: urls.filter((url) => count(url) > 1),
	};
}

/** Waits until no captured address is without a row. */
export async function waitForRows(
	where: { simulator: Simulator; base: TestBase },
	urls: string[],
	timeoutMs = 60_000,
): Promise<NamedRow[]> {
	return await waitUntil(
		`${urls.length} rows in ${where.base.table}`,
		async () => {
			const { rows, lost } = await tally(where.simulator, where.base, urls);
			return lost.length === 0 ? rows : null;
		},
		{ timeoutMs, everyMs: 100 },
	);
}
