import { expect, test } from "../fixtures.ts";
import { OptionsPage } from "../pages/options.ts";
import { Popup } from "../pages/popup.ts";
import { joinByLink, WorkspacePage } from "../pages/workspace.ts";
import { readControls, type SendCommand } from "../support/accessibility.ts";
import { signUp } from "../support/person.ts";

test("ID-7: a personal workspace says what it is; a shared one is made, named anew and deleted by typing its name", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	await signUp(browser, stand.backend.url);
	const workspace = await WorkspacePage.open(browser);
	await expect(workspace.page.getByText("This is your personal workspace.")).toBeVisible();
	await expect(workspace.members).toHaveCount(0);

	await workspace.create("Design team");
	await expect(workspace.member("You")).toContainText("You are the only one here.");
	await workspace.page.getByLabel("Name", { exact: true }).fill("Design & words");
	await workspace.page.getByRole("button", { name: "Rename" }).click();
	await expect(workspace.switcher).toContainText("Design & words");

	await workspace.page.getByRole("button", { name: "Delete…" }).click();
	const dialog = workspace.page.getByRole("dialog", { name: "Delete Design & words?" });
	const remove = dialog.getByRole("button", { name: "Delete for good" });
	await expect(remove).toHaveAttribute("aria-disabled", "true");
	await dialog.getByRole("textbox").fill("design & words");
	await remove.click();
	await expect(workspace.switcher).toContainText("Personal");
	await expect(workspace.page.getByText("This is your personal workspace.")).toBeVisible();
});

test("ID-7: an invite link lets a second person in, who switches there, as a viewer sees what they may not do and why, and is out when removed", async ({
	stand,
	openBrowser,
}) => {
	const [hers, his] = [await openBrowser(), await openBrowser()];
	const owner = await signUp(hers, stand.backend.url);
	const guest = await signUp(his, stand.backend.url);
	const home = await WorkspacePage.open(hers);
	await home.create("Design team");
	const link = await home.invite("Viewer");
	expect(link).toContain("/invite/");
	await joinByLink(his, link);

	const there = await WorkspacePage.open(his);
	await there.switchTo("Design team");
	await expect(there.switcher).toHaveAccessibleName("Workspace Design team, Viewer. Switch");
	await expect(there.members).toContainText(`Only owners and admins change who is here. Ask ${owner.email}.`);
	await expect(there.invites).toHaveCount(0);
	await expect(there.page.getByRole("button", { name: "Rename" })).toHaveCount(0);
	await there.page.getByRole("link", { name: "Connections" }).click();
	await expect(there.page.getByText("Nothing is connected in Design team yet.")).toBeVisible();
	await expect(there.page.getByRole("button", { name: "Switch to Personal" })).toBeVisible();

	const page = await his.context.newPage();
	await page.goto(stand.sites.note("as-viewer").url);
	let popup = await Popup.openOn(his, page);
	await expect.poll(() => popup.text()).toContain("Design team lets you look only, so captures stay on this device.");
	// Raised while the popup was shut, with nothing that waits for it: opening it is enough to hear of it, and to be lowered again.
	await popup.close();
	await home.page.reload();
	const role = home.page.getByLabel(`Role of ${guest.email}`);
	for (const [option, told] of [
		["Member", "Choose where records go."],
		["Viewer", "lets you look only"],
	] as const) {
		await role.selectOption(option);
		await expect(home.page.getByText(`${guest.email} is now a ${option.toLowerCase()}`)).toBeVisible();
		const opened = await Popup.openOn(his, page);
		await expect.poll(() => opened.text()).toContain(told);
		await opened.close();
	}
	popup = await Popup.openOn(his, page);
	await popup.press("Save here");
	await popup.saved();
	await popup.close();
	const { body } = await owner.api<{ records: unknown[] }>("GET", "/api/v1/records");
	expect(body.records).toEqual([]);

	await home.page.reload();
	await home.removeMember(guest.email);
	await there.page.reload();
	await expect(there.switcher).toContainText("Personal");
});

test("ID-7: a role is given at once, taken back by Undo, and an admin is told what only an owner does", async ({
	stand,
	openBrowser,
}) => {
	const [hers, his] = [await openBrowser(), await openBrowser()];
	const owner = await signUp(hers, stand.backend.url);
	const second = await signUp(his, stand.backend.url);
	const home = await WorkspacePage.open(hers);
	await home.create("Newsroom");
	await joinByLink(his, await home.invite("Member"));
	await home.page.reload();
	const role = home.page.getByLabel(`Role of ${second.email}`);
	await role.selectOption("Admin");
	await expect(home.page.getByText(`${second.email} is now an admin`)).toBeVisible();
	await home.page.getByRole("button", { name: "Undo" }).click();
	await expect(role).toHaveValue("member");
	await role.selectOption("Admin");
	await expect(home.page.getByText(`${second.email} is now an admin`)).toBeVisible();

	const there = await WorkspacePage.open(his);
	await there.switchTo("Newsroom");
	await expect(there.member(owner.email)).toContainText("Only an owner changes an owner.");
	await there.page.getByRole("button", { name: "Leave" }).click();
	await there.page.getByRole("dialog", { name: "Leave Newsroom?" }).getByRole("button", { name: "Leave" }).click();
	await expect(there.switcher).toContainText("Personal");
});

test("ID-7: an invite is copied, revoked, and joined by pasting the link into the extension", async ({
	stand,
	openBrowser,
}) => {
	const [hers, his] = [await openBrowser(), await openBrowser()];
	await signUp(hers, stand.backend.url);
	await signUp(his, stand.backend.url);
	const home = await WorkspacePage.open(hers);
	await home.create("Newsroom");
	const revoked = await home.invite("Member");
	await home.invites.getByRole("button", { name: "Copy link" }).click();
	await expect(home.invites.getByRole("button", { name: "Copied" })).toBeVisible();
	await home.invites.getByRole("button", { name: "Revoke the invite for Member" }).click();
	await expect(home.invites.getByText("No open invite.")).toBeVisible();

	const there = await WorkspacePage.open(his);
	const paste = async (link: string) => {
		await there.page.getByLabel("Invite link you were given").fill(link);
		await there.page.getByRole("button", { name: "Join", exact: true }).click();
	};
	await paste("https://elsewhere.example/hello");
	await expect(there.page.getByRole("alert")).toContainText("That is not an invite link.");
	await paste(revoked);
	await expect(there.page.getByRole("alert")).toContainText(/invit/i);
	await paste(await home.invite("Admin"));
	await expect(there.switcher).toHaveAccessibleName("Workspace Newsroom, Admin. Switch");
	await expect(there.members.getByRole("listitem")).toHaveCount(2);
});

test("ID-7: the switcher is worked by keyboard alone", async ({ stand, openBrowser }) => {
	const browser = await openBrowser();
	await signUp(browser, stand.backend.url);
	const { page } = await OptionsPage.open(browser);
	const workspace = new WorkspacePage(page);
	await workspace.switcher.press("Enter");
	await page.keyboard.press("End");
	await expect(page.getByRole("menuitem", { name: "New workspace" })).toBeFocused();
	await page.keyboard.press("Enter");
	await expect(page.getByLabel("Name of the new workspace")).toBeFocused();
	await page.keyboard.type("Keys only");
	await page.keyboard.press("Enter");
	await expect(workspace.switcher).toContainText("Keys only");
	await workspace.switcher.press("Enter");
	await page.keyboard.press("Home");
	await page.keyboard.press("Enter");
	await expect(workspace.switcher).toContainText("Personal");
});

test("ID-7: every control for members, roles and invites has a name, and the page reads in 320 px", async ({
	stand,
	openBrowser,
}) => {
	const [hers, his] = [await openBrowser(), await openBrowser()];
	await signUp(hers, stand.backend.url);
	const second = await signUp(his, stand.backend.url);
	const home = await WorkspacePage.open(hers);
	await home.create("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen");
	await joinByLink(his, await home.invite("Viewer"));
	await home.page.reload();
	await home.page.getByRole("button", { name: `More for ${second.email}` }).click();
	await home.page.getByRole("menuitem", { name: "Make owner in my place" }).click();
	await expect(home.page.getByRole("dialog", { name: `Hand over to ${second.email}?` })).toBeVisible();
	const session = await home.page.context().newCDPSession(home.page);
	const controls = async () => await readControls(session.send.bind(session) as SendCommand);
	expect((await controls()).filter(({ name }) => name === "")).toEqual([]);
	await home.page.keyboard.press("Escape");
	expect((await controls()).length).toBeGreaterThan(12);
	expect((await controls()).filter(({ name }) => name === "")).toEqual([]);

	await home.page.setViewportSize({ width: 320, height: 700 });
	const width = () => home.page.evaluate(() => document.documentElement.scrollWidth);
	expect(await width()).toBe(320);
	await home.page.evaluate(() => location.assign("#account"));
	await home.page.getByRole("heading", { level: 1, name: "Account" }).waitFor();
	expect(await width()).toBe(320);
});
