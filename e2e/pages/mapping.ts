import type { Locator, Page } from "@playwright/test";

/** The mapping editor of a target, pressed as a person presses it. */
export class MappingPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** From wherever the options page is. */
	async edit(): Promise<void> {
		await this.page.bringToFront();
		await this.page.getByRole("navigation").getByRole("link", { name: "Targets" }).click();
		await this.page.getByRole("link", { name: "Edit" }).click();
		await this.page.getByRole("heading", { name: "What goes where" }).waitFor();
	}

	/** The line that fills a column, with what it would write. */
	line(column: string): Locator {
		return this.page.getByRole("list", { name: "What fills which column" }).locator(":scope > li", {
			has: this.source(column),
		});
	}

	source(column: string): Locator {
		return this.page.getByRole("combobox", { name: `What fills ${column}`, exact: true });
	}

	/** What takes a line out. */
	remove(column: string): Locator {
		return this.page.getByRole("button", { name: `Take ${column} out` });
	}

	/** Opens what is done to a value on its way to a column. */
	async steps(column: string): Promise<Locator> {
		const named = `Steps on the way to ${column}`;
		await this.line(column).getByRole("button", { name: named }).press("Enter");
		return this.page.getByRole("group", { name: named });
	}

	async save(): Promise<void> {
		await this.page.getByRole("button", { name: "Save" }).click();
		await this.page.getByRole("link", { name: "Add a target" }).waitFor();
	}
}
