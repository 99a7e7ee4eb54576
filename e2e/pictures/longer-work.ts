import { mkdirSync, writeFileSync } from "node:fs";
import { Panel } from "../pages/panel.ts";
import { PickerOverlay } from "../pages/picker.ts";
import type { SheafBrowser } from "../support/browser.ts";
import type { Stand } from "../support/stand.ts";

const themes = ["light", "dark"] as const;
const panelSize = { width: 400, height: 640 };

type Photograph = { stand: Stand; browser: SheafBrowser; folder: string };

/** The side panel's rows and jobs, and the picker over a page, in both themes. */
export async function photographLongerWork({ stand, browser, folder }: Photograph): Promise<void> {
	mkdirSync(folder, { recursive: true });
	await photographPanel({ stand, browser, folder });
	await photographPicker({ stand, browser, folder });
}

async function photographPanel({ stand, browser, folder }: Photograph): Promise<void> {
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/results-table.html`);
	const panel = await Panel.openOn(browser, page);
	await panel.send("Emulation.setDeviceMetricsOverride", { ...panelSize, deviceScaleFactor: 1, mobile: false });
	await panel.send("Emulation.setScrollbarsHidden", { hidden: true });
	const photograph = async (name: string) => {
		for (const theme of themes) {
			// Without motion, a button is in the new colours at once.
			const features = [
				{ name: "prefers-color-scheme", value: theme },
				{ name: "prefers-reduced-motion", value: "reduce" },
			];
			await panel.send("Emulation.setEmulatedMedia", { features });
			writeFileSync(`${folder}/${name}-${theme}.png`, await panel.screenshot());
		}
	};
	await panel.waitForText("48 new.");
	await photograph("rows");
	await panel.press("Tabs and links");
	await panel.fill("Links", ["one", "two", "three"].map((name) => stand.sites.note(name).url).join("\n"));
	await panel.press("Save without allowing");
	await panel.waitForText("3 saved as links");
	await panel.press("What became of each page");
	await photograph("jobs");
	await panel.close();
	await page.close();
}

async function photographPicker({ stand, browser, folder }: Photograph): Promise<void> {
	const page = await browser.context.newPage();
	await page.setViewportSize({ width: 1_000, height: 560 });
	await page.goto(`${stand.sites.url}/shelf-lamp.html`);
	const picker = await PickerOverlay.openOn(browser, page);
	await picker.pick("h1", "Name");
	await picker.click("dd");
	for (const theme of themes) {
		await picker.evaluate(`document.querySelector(".picker").dataset.theme = "${theme}"`);
		writeFileSync(`${folder}/picker-${theme}.png`, await page.screenshot({ animations: "disabled" }));
	}
	await page.close();
}
