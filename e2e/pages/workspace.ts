import type { Locator, Page } from "@playwright/test";
import type { SheafBrowser } from "../support/browser.ts";

/** The workspace page of the options and the switcher in the rail. */
export class WorkspacePage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	static async open(browser: SheafBrowser): Promise<WorkspacePage> {
		const page = await browser.openExtensionPage("options.html#workspace");
		await page.getByRole("heading", { level: 1, name: "Workspace" }).waitFor();
		return new WorkspacePage(page);
	}

	/** The button in the rail; its name says where the person works and as what. */
	get switcher(): Locator {
		return this.page.getByRole("button", { name: /^Workspace / });
	}

	get members(): Locator {
		return this.page.getByRole("region", { name: "Members" });
	}

	get invites(): Locator {
		return this.page.getByRole("region", { name: "Invites" });
	}

	/** Makes one and waits until the person works there. */
	async create(name: string): Promise<void> {
		await this.page.getByLabel("Name of the new workspace").fill(name);
		await this.page.getByRole("button", { name: "Create", exact: true }).click();
		await this.#worksIn(name);
	}

	async switchTo(name: string): Promise<void> {
		await this.switcher.click();
		await this.page.getByRole("menuitemradio", { name }).click();
		await this.#worksIn(name);
	}

	/** @returns the link, as it is shown once. */
	async invite(role: "Member" | "Viewer" | "Admin"): Promise<string> {
		await this.invites.getByLabel("They join as").selectOption(role);
		await this.invites.getByRole("button", { name: "Create invite link" }).click();
		return await this.invites.getByLabel("Invite link").inputValue();
	}

	/** The member's line. */
	member(name: string): Locator {
		return this.members.getByRole("listitem").filter({ hasText: name });
	}

	async removeMember(name: string): Promise<void> {
		await this.page.getByRole("button", { name: `More for ${name}` }).click();
		await this.page.getByRole("menuitem", { name: "Remove from the workspace" }).click();
		await this.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
		await this.member(name).waitFor({ state: "detached" });
	}

	async #worksIn(name: string): Promise<void> {
		await this.page.getByRole("button", { name: `Workspace ${name}` }).waitFor();
	}
}

/** The backend's page behind an invite link, in a tab: the person signed in at the backend joins by its button. */
export async function joinByLink(browser: SheafBrowser, link: string): Promise<void> {
	const page = await browser.context.newPage();
	await page.goto(link);
	await page.getByRole("button", { name: /^Join/ }).click();
	await page.getByRole("heading", { name: /^You are in/ }).waitFor();
	await page.close();
}
