import { readFileSync } from "node:fs";
import type { Download, Locator, Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
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

	get data(): Locator {
		return this.page.getByRole("region", { name: "Your data" });
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

	/** The archive's files by name, as texts. */
	async exportEverything(): Promise<{ name: string; files: Record<string, string> }> {
		const download = await this.#downloads(() => this.data.getByRole("button", { name: "Download" }).click());
		const files = unzipSync(readFileSync(await download.path()));
		return {
			name: download.suggestedFilename(),
			files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)])),
		};
	}

	/** Opens the dialog and types what it asks for. */
	async askToDelete(confirm: string): Promise<Locator> {
		await this.data.getByRole("button", { name: "Delete…" }).click();
		const dialog = this.page.getByRole("dialog", { name: "Delete your account?" });
		await dialog.getByRole("textbox").fill(confirm);
		return dialog;
	}

	/** Types what is asked for and deletes. @returns the receipt, as it was saved. */
	async deleteAccount(confirm: string): Promise<string> {
		const dialog = await this.askToDelete(confirm);
		const download = await this.#downloads(() => dialog.getByRole("button", { name: "Delete for good" }).click());
		return readFileSync(await download.path(), "utf8");
	}

	async #downloads(press: () => Promise<void>): Promise<Download> {
		const [download] = await Promise.all([this.page.waitForEvent("download"), press()]);
		return download;
	}
}
