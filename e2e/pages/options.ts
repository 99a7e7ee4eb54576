import type { Page } from "@playwright/test";
import type { SheafBrowser } from "../support/browser.ts";
import { SignInPage } from "./sign-in.ts";

/** The options page, pressed as a person presses it. */
export class OptionsPage {
	readonly page: Page;
	readonly #browser: SheafBrowser;

	private constructor(browser: SheafBrowser, page: Page) {
		this.#browser = browser;
		this.page = page;
	}

	static async open(browser: SheafBrowser): Promise<OptionsPage> {
		return new OptionsPage(browser, await browser.openExtensionPage("options.html"));
	}

	/** From the first steps: opens the sign-in window and makes an account in it. */
	async signUp(email: string, password: string): Promise<void> {
		const opened = SignInPage.opened(this.#browser.context);
		await this.page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
		await (await opened).signUp(email, password);
		await this.page.getByText(`Signed in as ${email}.`).waitFor();
	}

	/** Connects Airtable with a pasted token; ends where the table is chosen. */
	async connectAirtable(token: string): Promise<void> {
		await this.page.getByRole("link", { name: "Connect your own" }).click();
		await this.page.getByRole("link", { name: "Connect Airtable" }).click();
		const form = this.page.getByRole("form", { name: "Connect Airtable" });
		await form.getByRole("textbox").or(form.locator("input[type=password]")).first().fill(token);
		await form.getByRole("button", { name: "Connect Airtable" }).click();
	}

	/** Takes the table and the mapping as suggested. */
	async useSuggestedTarget(): Promise<void> {
		await this.page.getByRole("button", { name: "Use this" }).click();
		await this.page.getByText(/^Records go to /).waitFor();
	}
}
