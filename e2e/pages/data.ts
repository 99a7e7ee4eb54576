import { readFileSync } from "node:fs";
import type { Download, Locator, Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import type { SheafBrowser } from "../support/browser.ts";

/** A file as it is handed to an input: a path, or what is in it. */
type GivenFile = string | { name: string; mimeType: string; buffer: Buffer };

/** The data page of the options, pressed as a person presses it. */
export class DataPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	static async open(browser: SheafBrowser): Promise<DataPage> {
		const page = await browser.openExtensionPage("options.html#data");
		await page.getByRole("heading", { level: 1, name: "Data" }).waitFor();
		return new DataPage(page);
	}

	get main(): Locator {
		return this.page.getByRole("main");
	}

	/** The records on this device, saved in this form. @returns the file's path */
	async saveDevice(form: string): Promise<string> {
		await this.main.getByRole("button", { name: "Export", exact: true }).click();
		const download = await this.#downloads(() => this.page.getByRole("menuitem", { name: form }).click());
		return await download.path();
	}

	async bringIn(file: GivenFile): Promise<void> {
		await this.main.locator("input[type=file]").setInputFiles(file);
	}

	/** The archive's files by name, as texts. */
	async exportEverything(): Promise<{ name: string; files: Record<string, string> }> {
		const download = await this.#downloads(() => this.main.getByRole("button", { name: "Download" }).click());
		const files = unzipSync(readFileSync(await download.path()));
		return {
			name: download.suggestedFilename(),
			files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)])),
		};
	}

	/** Opens the dialog and types what it asks for. */
	async askToDelete(confirm: string): Promise<Locator> {
		await this.main.getByRole("button", { name: "Delete…" }).click();
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
