import type { BrowserContext, Page } from "@playwright/test";
import { AccountPage } from "../pages/account.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { UpstreamPage } from "../pages/upstream.ts";
import { signInBy, signUp } from "../support/person.ts";
import { expect, test } from "../upstream-fixtures.ts";

const google = "ada@gmail.com";

/** Presses Add Google and waits for the window that asks whether it is meant. */
async function addGoogle(account: AccountPage, context: BrowserContext): Promise<Page> {
	const opened = SignInPage.opened(context);
	await account.ways.getByRole("button", { name: "Add Google" }).click();
	return (await opened).page;
}

test("ID-2: Google is added to an account with a password, and either can then be removed, after being asked", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const { email } = await signUp(browser, stand.backend.url);
	const account = await AccountPage.open(browser);
	const window = await addGoogle(account, browser.context);
	await expect(window.getByRole("heading")).toContainText("Google");
	await window.getByRole("button", { name: /Google/ }).click();
	await new UpstreamPage(window).approve(google);
	await expect(account.ways.getByText("Google added.")).toBeVisible();
	const lines = await account.lines(account.ways);
	expect(lines).toHaveLength(2);
	expect(lines.find((line) => line.startsWith("Google"))).toContain(google);
	expect(lines.find((line) => line.startsWith("E-mail and password"))).toContain(email);
	await expect(account.ways.getByRole("button", { name: "Add Google" })).toHaveCount(0);

	await account.ways.getByRole("button", { name: "Remove Google" }).click();
	const dialog = account.page.getByRole("dialog", { name: "Remove Google?" });
	await expect(dialog).toContainText(`You can no longer sign in with Google (${google}).`);
	await dialog.getByRole("button", { name: "Cancel" }).click();
	expect(await account.lines(account.ways)).toHaveLength(2);
	await account.ways.getByRole("button", { name: "Remove Google" }).click();
	await dialog.getByRole("button", { name: "Remove" }).click();
	await expect(account.ways.getByRole("button", { name: "Add Google" })).toBeVisible();
	expect(await account.lines(account.ways)).toEqual([expect.stringContaining("Your only way in, so it stays.")]);
});

test("ID-2: a window for adding that is closed says nothing and leaves everything as it was", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	await signUp(browser, stand.backend.url);
	const account = await AccountPage.open(browser);
	const window = await addGoogle(account, browser.context);
	await expect(account.ways.getByRole("button", { name: "Waiting for the window" })).toBeVisible();
	await window.close();
	await expect(account.ways.getByRole("button", { name: "Add Google" })).toBeEnabled();
	await expect(account.ways.getByRole("alert")).toHaveCount(0);
	expect(await account.lines(account.ways)).toHaveLength(1);
});

test("ID-2: who came by Google sets a password, and Google can then go", async ({ stand, openBrowser }) => {
	const browser = await openBrowser();
	await signInBy(browser, stand.backend.url, async (window) => {
		await (await window.continueWith("Google")).approve(google);
	});
	const account = await AccountPage.open(browser);
	await expect(account.profile).toContainText("Confirmed");
	await account.ways.getByRole("button", { name: "Set a password" }).click();
	const form = account.ways.getByRole("form", { name: "Set a password" });
	await form.getByLabel("New password", { exact: true }).fill("harbours and looms in forty lines");
	await form.getByRole("button", { name: "Set a password" }).click();
	await expect(account.ways.getByText("Your new password is set")).toBeVisible();
	expect(await account.lines(account.ways)).toHaveLength(2);
	await account.ways.getByRole("button", { name: "Remove Google" }).click();
	await account.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
	await expect(account.ways.getByText("Your only way in, so it stays.")).toBeVisible();
	await expect(account.ways.getByText(google)).toBeVisible();
});
