import type { Page } from "@playwright/test";

/** An upstream's page in our window: of the package `emulate`, or of our stand-in. Both have a button for each account. */
export class UpstreamPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Says yes. The way back leads through the window, which closes by itself. */
	async approve(account: string): Promise<void> {
		const closed = this.page.waitForEvent("close", { timeout: 15_000 });
		await this.choose(account);
		await closed;
	}

	/** Says yes where the window is to stay open. */
	async choose(account: string): Promise<void> {
		await this.page.getByRole("button", { name: account }).click();
	}

	/** Only our stand-in has the button. */
	async cancel(): Promise<void> {
		await this.page.getByRole("button", { name: "Cancel" }).click();
	}
}
