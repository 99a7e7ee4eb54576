import type { Page } from "@playwright/test";
import { OptionsPage } from "../pages/options.ts";
import type { SheafBrowser } from "./browser.ts";
import { testPassword } from "./person.ts";

/** Presses the button that opens the provider's window, goes on from our page that says for whom, and answers what is asked there. */
export async function connectBy(
	browser: SheafBrowser,
	press: () => Promise<void>,
	answer: "Allow" | "Deny",
): Promise<Page> {
	const opened = browser.context.waitForEvent("page", (page) => page.url().includes("/connections/start"));
	await press();
	const window = await opened;
	await window.getByRole("button", { name: /^Continue to / }).click();
	await window.getByRole("button", { name: answer }).waitFor();
	// What the tests before have left there is not shared: the first table that is suggested has to be this one's.
	for (const older of (await window.getByRole("checkbox").all()).slice(0, -1)) await older.uncheck();
	await window.getByRole("button", { name: answer }).click();
	return window;
}

/** Somebody who has just signed up, where accounts are connected. */
export async function signedUp(browser: SheafBrowser): Promise<OptionsPage> {
	const options = await OptionsPage.open(browser);
	await options.signUp(`${crypto.randomUUID()}@sheaf.test`, testPassword);
	await options.page.getByRole("link", { name: "Connect your own" }).click();
	return options;
}
