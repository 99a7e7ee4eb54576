/**
 * `npm run pictures`: takes the README's pictures of the built extension, in light and dark, with records in every state, and every page of
 * the options, the side panel and the picker (`e2e/pictures/README.md` shows them). Writes `e2e/pictures/*.png` and the folders beside them.
 */
import { writeFileSync } from "node:fs";
import type { Page } from "playwright";
import type { BaseSeed } from "../backend/connectors/airtable/simulator/seed.ts";
import type { RecordState } from "../extension/outbox/types.ts";
import { OptionsPage } from "./pages/options.ts";
import { Popup } from "./pages/popup.ts";
import { photographJourneys } from "./pictures/journeys.ts";
import { photographLongerWork } from "./pictures/longer-work.ts";
import { photographOptionsPages } from "./pictures/options-pages.ts";
import { earlier, lamp, type PicturedPage } from "./pictures/pages.ts";
import { launchBrowser } from "./support/browser.ts";
import { openDisplay } from "./support/display.ts";
import { ensureTestPrograms } from "./support/find-browser.ts";
import { inRepository } from "./support/paths.ts";
import { testPassword } from "./support/person.ts";
import { installed, runCommand } from "./support/run-command.ts";
import { openStand } from "./support/stand.ts";
import { startPostgres } from "./support/start-postgres.ts";
import { waitUntil } from "./support/wait-until.ts";

const folder = inRepository("e2e/pictures");
const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];
/** Two dots per pixel, for sharp pictures on any screen. */
const density = 2;
const popupSize = { width: 400, height: 560 };
const optionsSize = { width: 920, height: 540 };

const finds: BaseSeed = {
	name: "Studio",
	tables: [
		{
			name: "Finds",
			fields: [
				{ name: "Title", type: "singleLineText" },
				{ name: "URL", type: "url" },
				{ name: "Price", type: "currency", options: { precision: 2, symbol: "€" } },
				{ name: "Brand", type: "singleLineText" },
				{ name: "Category", type: "singleSelect", choices: ["Lighting"] },
				{ name: "Notes", type: "multilineText" },
			],
		},
	],
};

await ensureTestPrograms();
const built = await runCommand([installed("wxt"), "build"]);
if (built.code !== 0) throw new Error(`The extension could not be built:\n${built.output}`);
const stopPostgres = await startPostgres();
const stand = await openStand("pictures");
// On a screen, because the popup of a browser without one is cut to a smaller window.
const display = await openDisplay();
const browser = await launchBrowser({ serverUrl: stand.proxy.url, display: display.name });

const { page: options, baseId } = await getReady();
await saveEarlier();
const popup = await Popup.openOn(browser, await open(lamp(`${stand.sites.url}/img/lamp.svg`)));
await popup.field("Brand");
for (const theme of themes) await photographPopup(theme);
await popup.close();
// Drawn anew, it has its first steps behind it.
await options.reload();
for (const theme of themes) await photographOptions(theme);
// Pages that ask the server need it back.
stand.proxy.reset();
await options.reload();
await photographOptionsPages({ page: options, targetId: await idOfTarget(options), folder: `${folder}/options` });
await photographLongerWork({ stand, browser, folder: `${folder}/longer-work` });

await photographJourneys(stand, { display: display.name, folder: `${folder}/journeys` });

console.log(`Pictures: ${folder}`);
await browser.close();
browser.removeProfile();
await display.close();
await stand.stop();
await stopPostgres();
process.exit(0);

/** Somebody with a table of their own, chosen as a person chooses it. */
async function getReady(): Promise<{ page: Page; baseId: string }> {
	const { id } = await stand.simulator.addBase(finds);
	const token = "patPictures.worthless-outside-this-run";
	await stand.simulator.addToken(token, [id]);
	// An editor may not make new options, so that one record can be refused.
	await stand.simulator.settings({ permission: { base: id, level: "edit" } });
	const opened = await OptionsPage.open(browser);
	await opened.signUp("ada@sheaf.test", testPassword);
	await opened.connectAirtable(token);
	await opened.useSuggestedTarget();
	return { page: opened.page, baseId: id };
}

/** One record in each state, by what brings it about. */
async function saveEarlier(): Promise<void> {
	await send(earlier.refused, "needs_you", "Essays");
	await send(earlier.delivered, "delivered");
	await stand.simulator.plan({ method: "PATCH", path: baseId, effect: { kind: "hold" } });
	await send(earlier.atServer, "delivering");
	stand.proxy.goAway();
	await send(earlier.savedHere, "local");
}

async function send(page: PicturedPage, until: RecordState, category: string | null = null): Promise<void> {
	const tab = await open(page);
	const form = await Popup.openOn(browser, tab);
	if (category !== null) await form.choose("Category", category, `Add “${category}”`);
	await form.press("Send");
	await form.waitForSent(until);
	await form.close();
	await tab.close();
}

/** From the link to its page. */
async function idOfTarget(page: Page): Promise<string> {
	await page.getByRole("navigation").getByRole("link", { name: "Targets" }).click();
	const href = await page.getByRole("main").getByRole("link", { name: "Edit" }).getAttribute("href");
	return href?.split("/").at(-1) ?? "";
}

/** Sites of our own invention are answered here and not by the network. */
async function open({ url, html }: PicturedPage): Promise<Page> {
	const page = await browser.context.newPage();
	await page.route(url, (route) => route.fulfill({ contentType: "text/html", body: html }));
	await page.goto(url);
	return page;
}

async function photographPopup(theme: Theme): Promise<void> {
	await popup.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
	// The record that cannot leave yet is tried again and again; between two tries it rests.
	await waitUntil("the newest record to rest", async () => !(await popup.text()).includes("Sending"), { everyMs: 20 });
	const clip = { x: 0, y: 0, ...popupSize, scale: density };
	writeFileSync(`${folder}/popup-${theme}.png`, await popup.screenshot(clip));
}

async function photographOptions(theme: Theme): Promise<void> {
	const session = await browser.context.newCDPSession(options);
	await options.bringToFront();
	await options.getByRole("navigation").getByRole("link", { name: "Overview" }).click();
	await session.send("Emulation.setDeviceMetricsOverride", {
		...optionsSize,
		deviceScaleFactor: density,
		mobile: false,
	});
	await session.send("Emulation.setScrollbarsHidden", { hidden: true });
	await session.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: theme }] });
	await options.getByText("Recent captures").waitFor();
	await options.evaluate("Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => null)");
	await options.mouse.move(0, 0);
	await waitUntil("the newest record to rest", async () => (await options.getByText("Sending").count()) === 0, {
		everyMs: 20,
	});
	const { data } = await session.send("Page.captureScreenshot", { format: "png" });
	writeFileSync(`${folder}/options-${theme}.png`, Buffer.from(data, "base64"));
}
