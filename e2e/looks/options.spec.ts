import type { Page } from "@playwright/test";
import { test } from "../fixtures.ts";
import { type OptionsPlace, optionsPlaces, unfinished } from "../support/options-places.ts";
import { Looks, type Sight } from "./look.ts";
import { type Languages, openScene, saveSome } from "./scene.ts";

// Each test has a browser and a person of its own.
test.describe.configure({ mode: "parallel" });

type Walk = {
	page: Page;
	looks: Looks;
	places: readonly OptionsPlace[];
	sights: readonly Sight[];
	/** Of the picture of a page. */
	name: (place: string) => string[];
};

async function walk({ page, looks, places, sights, name }: Walk): Promise<void> {
	const shown = await Looks.shownIn(page);
	for (const { name: place, route, ready } of places) {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, route);
		await page.getByRole("main").getByText(ready).first().waitFor();
		await page.locator("main h1").first().waitFor();
		await page.locator("main").locator(unfinished).first().waitFor({ state: "detached" });
		await looks.look(shown, name(place), sights);
	}
}

/** Each direction in both themes, wide and narrow. */
const sights: Record<Languages, readonly Sight[]> = {
	en: [
		{ theme: "light", width: 1_080 },
		{ theme: "dark", width: 320 },
	],
	ar: [
		{ theme: "dark", width: 320 },
		{ theme: "light", width: 1_080 },
	],
};

/** Of this scene's records, in whatever language. */
const readyHere: Record<string, string> = {
	records: "Note delivered",
	target: "Traffic returned to the old harbour bridge",
};

for (const locale of ["en", "ar"] as const) {
	test(`WCAG 2.2 AA: every page of the options as it was looked at, and axe finds nothing: light and dark, wide and at 320 px, in ${locale}`, async ({
		stand,
		openBrowser,
	}) => {
		const scene = await openScene({ stand, openBrowser, locale });
		await saveSome(scene, stand, locale);
		const places = optionsPlaces.map((place) => ({
			...place,
			route: place.route.replace("<target>", scene.targetId),
			ready: readyHere[place.name] ?? (locale === "en" ? place.ready : ""),
		}));
		await walk({
			page: await scene.browser.openExtensionPage("options.html"),
			looks: new Looks(scene.browser),
			places,
			sights: sights[locale],
			name: (place) => ["options", `${place}-${locale}`],
		});
	});
}

/** The same, whoever looks. */
const everybodys = new Set(["settings", "shortcuts", "privacy"]);

/** What a guest sees in the place of pages that need the server. */
const guestPlaces = optionsPlaces
	.filter(({ name, route }) => !route.includes("<target>") && !everybodys.has(name))
	.map((place) => ({ ...place, ready: "" }));

test("WCAG 2.2 AA, ID-8: a guest's pages as they were looked at, and axe finds nothing", async ({ openBrowser }) => {
	const browser = await openBrowser({ locale: "en", still: true });
	await walk({
		page: await browser.openExtensionPage("options.html"),
		looks: new Looks(browser),
		places: guestPlaces,
		sights: [
			{ theme: "dark", width: 320 },
			{ theme: "light", width: 1_080 },
		],
		name: (place) => ["guest", place],
	});
});
