import type { UserView } from "../../backend/contract/users.ts";
import { emulatedPeople, sameAddress } from "../../backend/identity/upstream/test-emulate.ts";
import { AccountPage } from "../pages/account.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { askBackground, signInBy, signUp } from "../support/person.ts";
import { expect, test } from "../upstream-fixtures.ts";

const accounts: Record<string, string> = {
	Google: emulatedPeople.google,
	GitHub: emulatedPeople.github,
	Microsoft: emulatedPeople.microsoft,
	Okta: emulatedPeople.okta,
	Clerk: "user_ada",
};

for (const [way, account] of Object.entries(accounts)) {
	test(`J2, ID-2: ${way} signs in through the window, and finds the same person in another browser`, async ({
		stand,
		openBrowser,
	}) => {
		const enter = async () =>
			await signInBy(await openBrowser(), stand.backend.url, async (window) => {
				await (await window.continueWith(way)).approve(account);
			});
		const person = await enter();
		const { body: me } = await person.api<UserView>("GET", "/api/v1/users/me");
		expect(me).toMatchObject({ id: person.userId, firstName: "Ada", lastName: "Lovelace" });
		expect((await enter()).userId).toBe(person.userId);
	});
}

test("J2: whoever cancels there is back at the sign-in page, and goes on another way in the same window", async ({
	stand,
	openBrowser,
}) => {
	const person = await signInBy(await openBrowser(), stand.backend.url, async (window) => {
		await (await window.continueWith("Clerk")).cancel();
		await expect(window.page.getByText("Clerk was not used.")).toBeVisible();
		await (await window.continueWith("Google")).approve(accounts["Google"] ?? "");
	});
	expect((await person.api<UserView>("GET", "/api/v1/users/me")).body.email).toBe(emulatedPeople.google);
});

test("ID-4: a window that is closed while the person is away is a quiet end", async ({ openBrowser }) => {
	const browser = await openBrowser();
	const page = await browser.openExtensionPage("options.html");
	const opened = SignInPage.opened(browser.context);
	const answer = askBackground(page, "session.signIn");
	const { page: window } = await (await opened).continueWith("Google");
	await window.getByText("Sign in to Google").waitFor();
	await window.close();
	expect(await answer).toEqual({ kind: "cancelled" });
});

test("ID-2: an address that has an account already is told with its way in, which then leads there in the same window", async ({
	stand,
	openBrowser,
}) => {
	const atGoogle = async (window: SignInPage) =>
		await (await window.continueWith("Google")).approve(emulatedPeople.google);
	const person = await signInBy(await openBrowser(), stand.backend.url, atGoogle);
	const same = await signInBy(await openBrowser(), stand.backend.url, async (window) => {
		await (await window.continueWith("GitHub")).choose(sameAddress);
		await expect(window.page.getByRole("heading", { name: "You have an account already" })).toBeVisible();
		await expect(window.page.getByText("Sign in the way you did before")).toContainText("Google");
		await window.page.getByRole("link", { name: "Sign in" }).click();
		await atGoogle(window);
	});
	expect(same.userId).toBe(person.userId);
});

test("ID-2: another way in is added and removed on the account page, and one of somebody else's is not", async ({
	stand,
	openBrowser,
}) => {
	const [browser, other] = [await openBrowser(), await openBrowser()];
	await signInBy(other, stand.backend.url, async (window) => {
		await (await window.continueWith("Okta")).approve(emulatedPeople.okta);
	});
	const person = await signUp(browser, stand.backend.url);
	const account = await AccountPage.open(browser);
	const add = async (way: string) => {
		const opened = SignInPage.opened(browser.context);
		await account.ways.getByRole("button", { name: `Add ${way}` }).click();
		const { page } = await opened;
		await page.getByRole("heading", { name: `Add ${way} to ${person.email}?` }).waitFor();
		await page.getByRole("button", { name: `Continue to ${way}` }).click();
		return page;
	};

	const first = await add("GitHub");
	const closed = first.waitForEvent("close");
	await first.getByRole("button", { name: emulatedPeople.github }).click();
	await closed;
	await expect(account.ways.getByText("GitHub added.")).toBeVisible();
	await expect.poll(async () => (await account.lines(account.ways)).join("\n")).toContain(emulatedPeople.github);

	const taken = await add("Okta");
	await taken.getByRole("button", { name: emulatedPeople.okta }).click();
	await expect(taken.getByText("It belongs to another Sheaf account")).toBeVisible();
	const left = taken.waitForEvent("close");
	await taken.getByRole("link", { name: "Close" }).click();
	await left;
	await expect(account.ways.getByText("belongs to another Sheaf account")).toBeVisible();

	await account.ways.getByRole("button", { name: "Remove E-mail and password" }).click();
	await account.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
	await expect.poll(() => account.lines(account.ways)).toHaveLength(1);
	const again = await signInBy(await openBrowser(), stand.backend.url, async (window) => {
		await (await window.continueWith("GitHub")).approve(emulatedPeople.github);
	});
	expect(again.userId).toBe(person.userId);
});
