import { randomUUID } from "node:crypto";
import type { Page } from "puppeteer-core";
import { type ActablePage, askBackground, callApi, type Person, testPassword } from "../support/person.ts";
import { waitUntil } from "../support/wait-until.ts";
import type { SheafFirefox } from "./launch-firefox.ts";

/** Somebody signed in through the extension in Firefox. */
export type FirefoxPerson = Pick<Person, "email" | "userId" | "api"> & { page: ActablePage };

/** Puppeteer's own type takes handles apart, which a general one cannot say. */
const actable = (page: Page): ActablePage => ({
	evaluate: <Answer, Given>(work: (given: Given) => Answer | Promise<Answer>, given: Given) =>
		page.evaluate(work as (given: unknown) => unknown, given) as Promise<Answer>,
});

/** A sign-up in the window that `launchWebAuthFlow` opens, filled in as a person would. */
export async function signUpInFirefox(
	firefox: SheafFirefox,
	at: { apiUrl: () => string; publicUrl: string },
): Promise<FirefoxPerson> {
	const email = `${randomUUID()}@sheaf.test`;
	const page = actable(await firefox.openExtensionPage("options.html"));
	const answer = askBackground(page, "session.signIn");
	const window = await firefox.waitForPage(at.publicUrl);
	await createAccount(window, email);
	const { userId } = (await answer) as { userId?: string };
	if (!userId) throw new Error(`Signing in did not work: ${JSON.stringify(await answer)}`);
	return {
		email,
		userId,
		page,
		api: async (method, path, body) => {
			const { token } = (await askBackground(page, "session.token")) as { token: string | null };
			return await callApi({ url: at.apiUrl() + path, method, body, ...(token === null ? {} : { token }) });
		},
	};
}

async function createAccount(window: Page, email: string): Promise<void> {
	const press = (name: string) =>
		waitUntil(`${name} to press`, () =>
			window.evaluate((words) => {
				const found = [...document.querySelectorAll<HTMLElement>("a, button")].find(
					({ textContent }) => textContent?.trim() === words,
				);
				found?.click();
				return found !== undefined;
			}, name),
		);
	const isForm = () => window.evaluate(() => document.querySelector("h1")?.textContent?.includes("Create") ?? false);
	if (!(await isForm())) await press("Create account");
	await waitUntil("the form", isForm);
	await window.locator('input[type="email"]').fill(email);
	await window.locator('input[type="password"]').fill(testPassword);
	await press("Create account");
}
