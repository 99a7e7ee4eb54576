import type { UserView } from "../../backend/contract/users.ts";
import { partOf, type Received } from "../../backend/mail/test-smtp-server.ts";
import { expect, test } from "../letter-fixtures.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { askBackground, type Person, signInBy, testPassword } from "../support/person.ts";

const newPassword = "another long password for tests";

const textOf = ({ raw }: Received) => partOf(raw, "text/plain");
const codeOf = (letter: Received) => /\d{4} \d{4}/.exec(textOf(letter))?.[0] ?? "no code";
const linkOf = (letter: Received) => /https?:\S+\/oauth\/letter\/\S+/.exec(textOf(letter))?.[0] ?? "no link";

let made = 0;
const address = () => {
	made += 1;
	return `reader-${made}@sheaf.test`;
};
const whoIs = async (person: Person) => (await person.api<UserView>("GET", "/api/v1/users/me")).body;

test("J2, ID-2: a wrong code is told in the window, and the letter's code signs in", async ({
	stand,
	letters,
	openBrowser,
}) => {
	const email = address();
	const person = await signInBy(await openBrowser(), stand.backend.url, async (window) => {
		await window.askForAccount(email, testPassword);
		const code = codeOf(await letters.next(email));
		await window.typeCode(code === "1111 1111" ? "2222 2222" : "1111 1111");
		await expect(window.page.getByRole("alert")).toContainText("not the code of the letter");
		await expect(window.page.getByLabel("Code")).toBeFocused();
		await window.typeCode(code);
	});
	expect(await whoIs(person)).toMatchObject({ email, emailVerified: true });
});

test("J2, ID-2: the letter's link is confirmed in another tab, and the window that waits goes on without a code", async ({
	stand,
	letters,
	openBrowser,
}) => {
	const email = address();
	const browser = await openBrowser();
	const person = await signInBy(browser, stand.backend.url, async (window) => {
		await window.askForAccount(email, testPassword);
		await window.typeCode("");
		await expect(window.page.getByRole("alert")).toContainText("open its link");
		const tab = await browser.context.newPage();
		await tab.goto(linkOf(await letters.next(email)));
		await tab.getByRole("button", { name: "Confirm this address" }).click();
		await expect(tab.getByRole("heading", { name: "Your account is ready" })).toBeVisible();
		await window.typeCode("");
	});
	expect(await whoIs(person)).toMatchObject({ email, emailVerified: true });
});

test("ID-2: a forgotten password is set anew in the window, which goes on; the other device is signed out and the owner told", async ({
	stand,
	letters,
	openBrowser,
}) => {
	const email = address();
	const first = await signInBy(await openBrowser(), stand.backend.url, async (window) => {
		await window.askForAccount(email, testPassword);
		await window.typeCode(codeOf(await letters.next(email)));
	});
	const token = await first.token();
	const second = await signInBy(await openBrowser(), stand.backend.url, async (window) => {
		await window.forgetPassword(email);
		const code = codeOf(await letters.next(email));
		await window.setPassword(code, "password1");
		await expect(window.page.getByRole("alert")).toContainText("guessed first");
		await window.setPassword(code, newPassword);
	});
	expect(second.userId).toBe(first.userId);
	expect(textOf(await letters.next(email))).toContain("you were signed out everywhere");
	const answer = await fetch(`${stand.backend.url()}/api/v1/users/me`, {
		headers: { authorization: `Bearer ${token}` },
	});
	expect(answer.status).toBe(401);
});

test("SEC-1: who tries too often reads so in the window, which stays open and leads back to the form", async ({
	openBrowser,
}) => {
	const browser = await openBrowser();
	const page = await browser.openExtensionPage("options.html");
	const opened = SignInPage.opened(browser.context);
	const answer = askBackground(page, "session.signIn");
	const window = await opened;
	for (let tries = 0; tries < 10; tries += 1) {
		await window.trySignIn("nobody@sheaf.test", `wrong password ${tries}`);
		await expect(window.page.getByRole("alert")).toContainText("do not match");
	}
	await window.trySignIn("nobody@sheaf.test", testPassword);
	await expect(window.page.getByRole("heading", { name: "Too many tries" })).toBeVisible();
	await window.page.getByRole("link", { name: "Try again" }).click();
	await expect(window.page.getByLabel("E-mail")).toBeVisible();
	await window.page.close();
	expect(await answer).toEqual({ kind: "cancelled" });
});
