import type { Locator, Page } from "@playwright/test";
import type { SheafBrowser } from "../support/browser.ts";

/** The account page of the options, pressed as a person presses it. */
export class AccountPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	static async open(browser: SheafBrowser): Promise<AccountPage> {
		const page = await browser.openExtensionPage("options.html#account");
		await page.getByRole("heading", { level: 1, name: "Account" }).waitFor();
		return new AccountPage(page);
	}

	get profile(): Locator {
		return this.page.getByRole("form", { name: "Profile" });
	}

	get ways(): Locator {
		return this.page.getByRole("region", { name: "Ways in" });
	}

	get devices(): Locator {
		return this.page.getByRole("region", { name: "Devices" });
	}

	/** Where one signs out on this device. */
	get leaving(): Locator {
		return this.page.getByRole("region", { name: "Sign out" });
	}

	/** The lines of a list, as they are read. */
	async lines(section: Locator): Promise<string[]> {
		await section.getByRole("listitem").first().waitFor();
		return await section.getByRole("listitem").allInnerTexts();
	}

	/** Finds the time zone by typing, and takes the first there is. */
	async chooseTimeZone(typed: string): Promise<void> {
		const input = this.profile.getByRole("combobox", { name: "Time zone" });
		await input.fill(typed);
		await input.press("Enter");
	}

	async saveProfile(): Promise<void> {
		await this.profile.getByRole("button", { name: "Save profile" }).click();
		await this.profile.getByText("Saved.").waitFor();
	}
}
