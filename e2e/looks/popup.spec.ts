import type { Page } from "@playwright/test";
import { test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { waitUntil } from "../support/wait-until.ts";
import { wordsIn } from "../support/words-in.ts";
import { Looks, type Theme } from "./look.ts";
import { type Languages, openScene, saveSome } from "./scene.ts";

// Each test has a browser and a person of its own.
test.describe.configure({ mode: "parallel" });

/** Of one browser's popups. */
class PopupLooks {
	readonly #browser: SheafBrowser;
	readonly #locale: Languages;
	readonly #looks: Looks;

	constructor(browser: SheafBrowser, locale: Languages) {
		this.#browser = browser;
		this.#locale = locale;
		this.#looks = new Looks(browser);
	}

	/** The popup over an address, as it is after that was done in it; closed again. */
	async over(page: Page, state: string, bring: (popup: Popup) => Promise<void>): Promise<void> {
		const popup = await Popup.openOn(this.#browser, page);
		await bring(popup);
		await this.at(popup, state);
		await popup.close();
	}

	/** In both themes; the picture is of the light one, and of the dark one in Arabic. */
	async at(popup: Popup, state: string): Promise<void> {
		const [first, second] = this.#locale === "en" ? (["light", "dark"] as const) : (["dark", "light"] as const);
		await this.#looks.look(popup, ["popup", `${state}-${this.#locale}`], [{ theme: first }, { theme: second }]);
	}

	async inTheme(popup: Popup, theme: Theme, state: string): Promise<void> {
		await this.#looks.look(popup, ["popup", `${state}-${this.#locale}-${theme}`], [{ theme }]);
	}
}

test("WCAG 2.2 AA, ID-8: a guest's popup as it was looked at, and axe finds nothing", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser({ locale: "en", still: true });
	const looks = new PopupLooks(browser, "en");
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("guest").url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await looks.at(popup, "guest");
	await popup.press("Save here");
	await popup.saved();
	await looks.at(popup, "guest-saved");
	await popup.close();
	await page.goto("chrome://version");
	await looks.over(page, "closed-page", (closed) => closed.waitForText("Save an address by hand"));
});

test("WCAG 2.2 AA: the popup in every state as it was looked at, and axe finds nothing", async ({
	stand,
	openBrowser,
}) => {
	const scene = await openScene({ stand, openBrowser, locale: "en" });
	const { browser, person, targetId } = scene;
	const looks = new PopupLooks(browser, "en");
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shop-product.html`);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await looks.at(popup, "filled");
	await looks.inTheme(popup, "dark", "filled");
	await looks.inTheme(popup, "forced", "filled");
	await popup.press("Menu");
	await looks.at(popup, "menu");
	await popup.key("Escape");
	await popup.press("Change the picture");
	await waitUntil("the pictures", () =>
		popup.evaluate<boolean>("document.querySelector('button.picture-tile img')?.complete"),
	);
	await looks.at(popup, "pictures");
	await popup.key("Escape");
	await popup.fill("Category", "Li");
	await waitUntil("the list", async () => (await popup.activeOption("Category")) !== null);
	await looks.at(popup, "choices");
	await popup.key("Escape");
	await popup.fill("Category", "");
	await popup.focus("Price");
	await waitUntil("its origin", () =>
		popup.evaluate<boolean>("document.querySelector('.tooltip:popover-open') !== null"),
	);
	await looks.at(popup, "origin");
	await popup.press("Send");
	await popup.waitForSent("delivered");
	await looks.at(popup, "sent");
	await popup.close();

	await saveSome(scene, stand, "en");
	await looks.over(page, "needs-you", (again) => again.waitForText("Needs you:"));
	await looks.over(page, "queue", async (again) => {
		await again.press("Menu");
		await again.press("Queue");
		await again.waitForText("1 record needs you");
	});
	await person.api("PATCH", `/api/v1/targets/${targetId}`, { paused: true });
	await looks.over(page, "paused", (again) => again.waitForText("Resume"));
	await person.api("PATCH", `/api/v1/targets/${targetId}`, { paused: false });
	await looks.over(page, "offline", async (again) => {
		await waitUntil("the target to go on", async () => !(await again.text()).includes("is paused"));
		await again.setOffline(true);
		await again.waitForText("offline");
	});
});

test("WCAG 2.2 AA: the popup in Arabic as it was looked at, and axe finds nothing", async ({ stand, openBrowser }) => {
	const scene = await openScene({ stand, openBrowser, locale: "ar" });
	const words = wordsIn("ar", "popup") as { send: string; menu: string };
	const looks = new PopupLooks(scene.browser, "ar");
	await saveSome(scene, stand, "ar");
	const page = await scene.browser.context.newPage();
	await page.goto(`${stand.sites.url}/shop-product.html`);
	const popup = await Popup.openOn(scene.browser, page);
	await popup.field("Author");
	await looks.at(popup, "filled");
	await popup.press(words.menu);
	await looks.at(popup, "menu");
	await popup.key("Escape");
	await popup.press(words.send);
	await popup.waitForSent("delivered");
	await looks.at(popup, "sent");
});
