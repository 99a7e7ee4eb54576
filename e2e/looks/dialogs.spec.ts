import type { Page } from "@playwright/test";
import { test } from "../fixtures.ts";
import { extensionUrl } from "../support/browser.ts";
import { Looks, type Sight } from "./look.ts";
import { openScene, saveSome } from "./scene.ts";

// Each test has a browser and a person of its own.
test.describe.configure({ mode: "parallel" });

/** Pages are as wide from the start as they are looked at. */
const wide = { width: 800, height: 640 };

const sights: readonly Sight[] = [
	{ theme: "light", ...wide },
	{ theme: "dark", width: 320, height: 700 },
];

/** What lies over a page, or stands in its place, once something was pressed there. */
type State = { name: string; route: string; bring: (page: Page) => Promise<void> };

const press = (page: Page, name: string | RegExp) =>
	page
		.getByRole("button", { name, exact: typeof name === "string" })
		.first()
		.click();

const open: readonly State[] = [
	{
		name: "edit-record",
		route: "records",
		bring: async (page) => {
			await press(page, "Edit Note delivered");
			await page.getByRole("dialog").getByLabel("Title").waitFor();
		},
	},
	{ name: "export-menu", route: "records", bring: (page) => press(page, "Export") },
	{
		name: "records-selected",
		route: "records",
		bring: (page) => page.getByLabel("Select all shown").check(),
	},
	{
		name: "delete-records",
		route: "records",
		bring: async (page) => {
			await page.getByLabel("Select all shown").check();
			await press(page, "Delete");
			await page.getByRole("dialog").waitFor();
		},
	},
	{
		name: "record-removed",
		route: "records",
		bring: async (page) => {
			await press(page, "Remove Note delivered");
			await page.getByText("“Note delivered” removed").waitFor();
		},
	},
	{ name: "target-menu", route: "targets", bring: (page) => press(page, "More for Reading list") },
	{
		name: "delete-target",
		route: "targets",
		bring: async (page) => {
			await press(page, "More for Reading list");
			await page.getByRole("menuitem", { name: "Delete" }).click();
			await page.getByRole("dialog").waitFor();
		},
	},
	{
		name: "disconnect",
		route: "connections",
		bring: async (page) => {
			await press(page, /^Disconnect/);
			await page.getByRole("dialog").waitFor();
		},
	},
	{ name: "workspace-switcher", route: "workspace", bring: (page) => press(page, /^Workspace Personal/) },
	{
		name: "delete-account",
		route: "data",
		bring: async (page) => {
			await press(page, "Delete…");
			await page.getByRole("dialog").waitFor();
		},
	},
];

test("WCAG 2.2 AA: every dialog and menu of the options as it was looked at, and axe finds nothing", async ({
	stand,
	openBrowser,
}) => {
	const scene = await openScene({ stand, openBrowser, locale: "en" });
	await saveSome(scene, stand, "en");
	const looks = new Looks(scene.browser);
	const page = await scene.browser.openExtensionPage("options.html");
	const shown = await Looks.shownIn(page);
	for (const { name, route, bring } of open) {
		// Another page first: a hash alone would leave what is open open.
		await page.goto("about:blank");
		await page.goto(extensionUrl(`options.html#${route}`));
		await page.setViewportSize(wide);
		await bring(page);
		await looks.look(shown, ["dialogs", name], sights);
	}
});

test("WCAG 2.2 AA: pages whose server cannot be reached as they were looked at, and axe finds nothing", async ({
	stand,
	openBrowser,
}) => {
	const scene = await openScene({ stand, openBrowser, locale: "en" });
	const looks = new Looks(scene.browser);
	stand.proxy.goAway();
	const page = await scene.browser.openExtensionPage("options.html#inbox");
	const shown = await Looks.shownIn(page);
	for (const route of ["inbox", "webhooks", "activity"]) {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, route);
		await page.getByRole("main").getByRole("button", { name: "Try again" }).first().waitFor();
		await looks.look(shown, ["unreachable", route], sights);
	}
});
