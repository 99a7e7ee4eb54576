import type { Page } from "@playwright/test";
import type { WorkspaceView } from "../../backend/contract/users.ts";
import { expect, type Ready, test } from "../fixtures.ts";
import { test as testWithElectric } from "../live-fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { joinByLink, WorkspacePage } from "../pages/workspace.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { captureByPopup } from "../support/captures.ts";
import { connectTarget, signIn } from "../support/person.ts";
import type { Stand } from "../support/stand.ts";
import { makeTestBase } from "../support/test-base.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The options page with everybody's records, told of changes as they happen. */
const openEveryones = (browser: SheafBrowser) => browser.openExtensionPage("options.html#records/workspace");

type Fixtures = {
	stand: Stand;
	getReady: () => Promise<Ready>;
	openBrowser: () => Promise<SheafBrowser>;
};

type Team = {
	mine: Ready;
	pages: Page[];
	theirs: Page;
	capture: () => Promise<void>;
	removeColleague: () => Promise<void>;
};

/** Two browsers of one person and one of a colleague, each with everybody's records open. */
async function openTeam({ stand, getReady, openBrowser }: Fixtures): Promise<Team> {
	const mine = await getReady();
	const home = await WorkspacePage.open(mine.browser);
	await home.create("Design team");
	await connectTarget(mine.person, await makeTestBase(stand.simulator));
	const colleague = await getReady();
	await joinByLink(colleague.browser, await home.invite("Viewer"));
	await (await WorkspacePage.open(colleague.browser)).switchTo("Design team");
	const other = await openBrowser();
	await signIn(other, stand.backend.url, mine.person.email);
	await (await WorkspacePage.open(other)).switchTo("Design team");
	const theirs = await openEveryones(colleague.browser);
	const pages = [await openEveryones(mine.browser), await openEveryones(other), theirs];
	for (const page of pages) await expect(page.getByText("Nobody has captured anything")).toBeVisible();
	const note = stand.sites.note("live");
	return {
		mine,
		pages,
		theirs,
		capture: async () => {
			await captureByPopup(mine.browser, note.url);
			for (const page of pages) {
				const line = page.locator(".record-line", { hasText: note.title });
				await expect(line.getByText("In Airtable")).toBeVisible();
			}
		},
		removeColleague: async () => {
			const { body } = await mine.person.api<{ workspaces: WorkspaceView[] }>("GET", "/api/v1/users/me/full");
			const teamId = body.workspaces.find(({ name }) => name === "Design team")?.id;
			await mine.person.api("DELETE", `/api/v1/workspaces/${teamId}/members/${colleague.person.userId}`);
			await expect(theirs.getByText(note.title)).toBeHidden();
		},
	};
}

test("LIVE-1, J5: two browsers of one person and one of a colleague see each record change as it happens", async ({
	stand,
	getReady,
	openBrowser,
}) => {
	const { capture, removeColleague } = await openTeam({ stand, getReady, openBrowser });
	await capture();
	await removeColleague();
	expect(stand.proxy.requests().filter((request) => request.includes("/electric/"))).toEqual([]);
});

testWithElectric(
	"LIVE-2, J5: the same by shapes where the server has Electric, also after they had to be begun anew",
	async ({ stand, electric, getReady, openBrowser }) => {
		const { capture, removeColleague } = await openTeam({ stand, getReady, openBrowser });
		/** Everybody follows by shapes, and nobody by a stream. */
		const byShapesAlone = async () => {
			const figures = await (await fetch(`${stand.backend.url()}/metrics`)).text();
			return /^sheaf_live_streams 0$/m.test(figures) && electric.waiting() === 3;
		};
		await waitUntil("shapes alone", byShapesAlone);
		await capture();
		electric.rotate();
		await waitUntil("shapes alone, after they were begun anew", byShapesAlone);
		await removeColleague();
	},
);
test("LIVE-1: nothing polls: pages that are open while nothing happens ask the backend for nothing", async ({
	stand,
	getReady,
}) => {
	const { browser } = await getReady();
	// Hours pass in the pages and not here.
	await browser.context.clock.install();
	const site = await browser.context.newPage();
	await site.goto(stand.sites.note("idle").url);
	await Popup.openOn(browser, site);
	for (const path of ["options.html", "options.html#records", "sidepanel.html"]) await browser.openExtensionPage(path);
	const pages = browser.context.pages().filter((page) => page.url().startsWith("chrome-extension:"));
	expect(pages.length).toBeGreaterThanOrEqual(4);
	await Promise.all(pages.map((page) => page.waitForLoadState("networkidle")));
	const before = stand.proxy.requests().length;
	for (const page of pages) await page.clock.runFor("01:00:00");
	// The stream itself may be taken up again: for its pages an hour was silent.
	const asked = stand.proxy.requests().slice(before);
	expect(asked.filter((request) => !request.includes("/api/v1/live"))).toEqual([]);
});
