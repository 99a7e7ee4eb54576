import type { WorkspaceView } from "../../backend/contract/users.ts";
import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import type { SheafBrowser } from "../support/browser.ts";
import { askBackground, type Person } from "../support/person.ts";

async function captureHere(browser: SheafBrowser, url: string): Promise<void> {
	const page = await browser.context.newPage();
	await page.goto(url);
	const popup = await Popup.openOn(browser, page);
	await popup.press("Save here");
	await popup.saved();
	await popup.close();
	await page.close();
}

async function switchTo(person: Person, workspaceId: string): Promise<void> {
	expect(await askBackground(person.page, "session.switchWorkspace", { workspaceId })).toEqual({ kind: "switched" });
}

test("ID-7, I1: what was captured in a team goes to the team, whichever workspace is open; a closed team's asks the person", async ({
	stand,
	getReady,
}) => {
	const { browser, person } = await getReady();
	const { body: full } = await person.api<{ workspaces: WorkspaceView[] }>("GET", "/api/v1/users/me/full");
	const own = full.workspaces[0]?.id ?? "";
	const { body: team } = await person.api<WorkspaceView>("POST", "/api/v1/workspaces", { name: "Team" });
	const [first, second] = [stand.sites.note("for-the-team"), stand.sites.note("too-late-for-the-team")];
	// The server asks for a short silence: nothing is sent, and nothing backs off for longer than that.
	const silence = { with: "answer", status: 503, headers: { "retry-after": "1" }, times: 1_000 } as const;
	const refuseWrites = () => {
		stand.proxy.plan({ method: "POST", path: /^\/api\/v1\/writes\/batch/, ...silence });
	};
	const placeOf = async ({ url }: { url: string }) => {
		const rows = await stand.database.query<{ workspaceId: string }>(
			`select workspace_id as "workspaceId" from sheaf.records where source->>'url' = $1`,
			[url],
		);
		return rows.map(({ workspaceId }) => workspaceId);
	};

	await switchTo(person, team.id);
	refuseWrites();
	await captureHere(browser, first.url);
	await switchTo(person, own);
	const popup = await browser.openExtensionPage("popup.html");
	await expect(popup.getByText("What you capture shows up here")).toBeVisible();
	await expect(popup.getByText(first.title)).toHaveCount(0);
	stand.proxy.reset();
	await askBackground(person.page, "outbox.flush");
	await expect.poll(() => placeOf(first)).toEqual([team.id]);

	await switchTo(person, team.id);
	await popup.locator(".recent-line", { hasText: first.title }).waitFor();
	refuseWrites();
	await captureHere(browser, second.url);
	await switchTo(person, own);
	const gone = await person.api("DELETE", `/api/v1/workspaces/${team.id}`, { confirm: "Team" });
	expect(gone.status).toBe(204);
	stand.proxy.reset();
	await askBackground(person.page, "outbox.flush");
	const line = popup.locator(".recent-line", { hasText: second.title });
	await expect(line).toHaveAttribute("data-state", "needs_you");
	expect(await placeOf(second)).toEqual([]);
	const records = await browser.openExtensionPage("options.html#records");
	await expect(records.getByText("You are no longer in the workspace this was saved in.").first()).toBeVisible();
	await records.getByRole("button", { name: "Send to this workspace" }).first().click();
	await expect.poll(() => placeOf(second)).toEqual([own]);
});
