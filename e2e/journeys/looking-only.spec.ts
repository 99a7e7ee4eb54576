import type { WorkspaceView } from "../../backend/contract/users.ts";
import { expect, type Ready, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { joinByLink, WorkspacePage } from "../pages/workspace.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { tally, waitForRows } from "../support/captures.ts";
import { askBackground, type Person, signUp } from "../support/person.ts";
import type { Stand } from "../support/stand.ts";

/** Somebody with a table of their own, who works in another's team; and that other, who gives roles. */
type Team = { owner: Person; mine: Ready; teamId: string; giveRole: (role: "member" | "viewer") => Promise<void> };

async function joinTeam(
	role: "Member" | "Viewer",
	{ stand, hers, mine }: { stand: Stand; hers: SheafBrowser; mine: Ready },
): Promise<Team> {
	const owner = await signUp(hers, stand.backend.url);
	const home = await WorkspacePage.open(hers);
	await home.create("Design team");
	await joinByLink(mine.browser, await home.invite(role));
	await (await WorkspacePage.open(mine.browser)).switchTo("Design team");
	const { body } = await owner.api<{ workspaces: WorkspaceView[] }>("GET", "/api/v1/users/me/full");
	const teamId = body.workspaces.find(({ name }) => name === "Design team")?.id ?? "";
	const giveRole: Team["giveRole"] = async (next) => {
		const path = `/api/v1/workspaces/${teamId}/members/${mine.person.userId}`;
		expect((await owner.api("PATCH", path, { role: next })).status).toBe(204);
	};
	return { owner, mine, teamId, giveRole };
}

/** The popup over the page, after "Save here" was pressed and it was saved. */
async function saveHere(browser: SheafBrowser, url: string): Promise<Popup> {
	const page = await browser.context.newPage();
	await page.goto(url);
	const popup = await Popup.openOn(browser, page);
	await popup.press("Save here");
	await popup.saved();
	return popup;
}

const requestsOf = (stand: Stand, path: string) => stand.proxy.requests().filter((one) => one.includes(path)).length;

/** Each time it begins to carry, the background asks for the role that something waits for: the second time it has tried to send. */
async function tryToSend(stand: Stand, { page }: Person): Promise<void> {
	for (const _ of ["first", "second"]) {
		const before = requestsOf(stand, "/users/me/full");
		await askBackground(page, "outbox.flush");
		await expect.poll(() => requestsOf(stand, "/users/me/full")).toBeGreaterThan(before);
	}
}

async function placesOf(stand: Stand, url: string): Promise<string[]> {
	const rows = await stand.database.query<{ workspaceId: string }>(
		`select workspace_id as "workspaceId" from sheaf.records where source->>'url' = $1`,
		[url],
	);
	return rows.map(({ workspaceId }) => workspaceId);
}

test("ID-7, I1: what a viewer captures stays on the device and says so; in a workspace of their own it arrives once", async ({
	stand,
	openBrowser,
	getReady,
}) => {
	const { mine, teamId } = await joinTeam("Viewer", { stand, hers: await openBrowser(), mine: await getReady() });
	const { browser, person, base } = mine;
	const note = stand.sites.note("seen-by-a-viewer");
	const popup = await saveHere(browser, note.url);
	const words = "Saved here. You can look but not add in Design team; switch workspace to send it.";
	await expect.poll(() => popup.text()).toContain(words);
	await tryToSend(stand, person);
	expect(requestsOf(stand, "/writes/batch")).toBe(0);
	expect(await popup.sentState()).toBe("local");

	await popup.press("Switch to Personal");
	await waitForRows({ simulator: stand.simulator, base }, [note.url]);
	await expect.poll(() => popup.text()).toContain("In Airtable");
	expect(await tally(stand.simulator, base, [note.url])).toMatchObject({ lost: [], doubled: [] });
	const places = await placesOf(stand, note.url);
	expect(places).toHaveLength(1);
	expect(places).not.toContain(teamId);
});

test("ID-7, I1: a member's record waits for the team when they become a viewer, with words, and arrives once when they are a member again", async ({
	stand,
	openBrowser,
	getReady,
}) => {
	const team = await joinTeam("Member", { stand, hers: await openBrowser(), mine: await getReady() });
	const { browser, person } = team.mine;
	const note = stand.sites.note("for-the-team");
	// The server asks for a short silence: nothing is sent, and nothing backs off for longer than that.
	const silence = { with: "answer", status: 503, headers: { "retry-after": "1" }, times: 1_000 } as const;
	stand.proxy.plan({ method: "POST", path: /^\/api\/v1\/writes\/batch/, ...silence });
	await (await saveHere(browser, note.url)).close();
	await team.giveRole("viewer");
	stand.proxy.reset();
	await askBackground(person.page, "outbox.flush");

	const records = await browser.openExtensionPage("options.html#records");
	const line = records.locator(".record-line", { hasText: note.title });
	const words = "Saved here. You can look but not add in Design team now; it is sent when you can add again.";
	await expect(line).toContainText(words);
	await expect(line).toHaveAttribute("data-state", "local");
	await tryToSend(stand, person);
	await expect(line).toContainText(words);
	expect(await placesOf(stand, note.url)).toEqual([]);

	await expect(line.getByRole("button", { name: "Send elsewhere" })).toBeVisible();
	await team.giveRole("member");
	await askBackground(person.page, "outbox.flush");
	await expect(line).toContainText("At the server");
	expect(await placesOf(stand, note.url)).toEqual([team.teamId]);
	const operations = await stand.database.query("select id from sheaf.operations");
	expect(operations).toHaveLength(1);
});
