import type { BrowserContext, Page } from "@playwright/test";
import { UpstreamPage } from "./upstream.ts";

/** The backend's own sign-in page, in the window that `launchWebAuthFlow` opened. */
export class SignInPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Waits for the window. Call it before what opens it. */
	static async opened(context: BrowserContext): Promise<SignInPage> {
		const page = await context.waitForEvent("page", { predicate: (one) => !one.url().startsWith("chrome-extension:") });
		await page.waitForLoadState("domcontentloaded");
		return new SignInPage(page);
	}

	/** Makes an account. The window closes by itself. */
	async signUp(email: string, password: string): Promise<void> {
		await this.#leaveOther();
		await this.#show("Create account");
		await this.#submit(email, password, "Create account");
	}

	async signIn(email: string, password: string): Promise<void> {
		await this.#leaveOther();
		await this.#show("Sign in");
		await this.#submit(email, password, "Sign in");
	}

	/** Asks for an account at a backend that sends a letter first. The window stays, and waits for the letter's code. */
	async askForAccount(email: string, password: string): Promise<void> {
		await this.#leaveOther();
		await this.#show("Create account");
		await this.#fill(email, password);
		await this.page.getByRole("button", { name: "Create account", exact: true }).click();
		await this.page.getByRole("heading", { name: "Check your e-mail" }).waitFor();
	}

	/** Goes on from the page that waits: by a code, or with none once the letter's link was pressed. */
	async typeCode(code: string): Promise<void> {
		await this.page.getByLabel("Code").fill(code);
		await this.page.getByRole("button", { name: "Continue" }).click();
	}

	/** Asks for a letter to set a new password. The window stays, and waits for its code. */
	async forgetPassword(email: string): Promise<void> {
		await this.#leaveOther();
		await this.#show("Sign in");
		await this.page.getByRole("link", { name: "Forgot your password?" }).click();
		await this.page.getByLabel("E-mail").fill(email);
		await this.page.getByRole("button", { name: "Send the letter" }).click();
		await this.page.getByRole("heading", { name: "Check your e-mail" }).waitFor();
	}

	async setPassword(code: string, password: string): Promise<void> {
		await this.page.getByLabel("Code").fill(code);
		await this.page.getByLabel("New password").fill(password);
		await this.page.getByRole("button", { name: "Set password and sign in" }).click();
	}

	/** Tries to sign in, and stays in the window whatever comes of it. */
	async trySignIn(email: string, password: string): Promise<void> {
		await this.#show("Sign in");
		await this.#fill(email, password);
		await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
	}

	/** Leaves for somebody else's page, by its button. */
	async continueWith(way: string): Promise<UpstreamPage> {
		await this.#leaveOther();
		await this.page.getByRole("button", { name: `Continue with ${way}` }).click();
		return new UpstreamPage(this.page);
	}

	/** When somebody is signed in at the backend already, and it is somebody else. */
	async #leaveOther(): Promise<void> {
		const another = this.page.getByRole("button", { name: "Use another account" });
		const form = this.page.getByLabel("Password");
		await another.or(form).waitFor();
		if (await another.isVisible()) await another.click();
	}

	/** The form with this button; the other one may be in front. */
	async #show(name: "Create account" | "Sign in"): Promise<void> {
		const button = this.page.getByRole("button", { name, exact: true });
		const link = this.page.getByRole("navigation").getByRole("link", { name });
		await button.or(link).first().waitFor();
		if (await link.isVisible()) await link.click();
	}

	async #fill(email: string, password: string): Promise<void> {
		await this.page.getByLabel("E-mail").fill(email);
		await this.page.getByLabel("Password").fill(password);
	}

	async #submit(email: string, password: string, button: string): Promise<void> {
		await this.#fill(email, password);
		const closed = this.page.waitForEvent("close", { timeout: 15_000 });
		await this.page.getByRole("button", { name: button, exact: true }).click();
		await closed;
	}
}
