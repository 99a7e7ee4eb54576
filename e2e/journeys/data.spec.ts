import { expect, test } from "../fixtures.ts";
import { DataPage } from "../pages/data.ts";
import { joinByLink, WorkspacePage } from "../pages/workspace.ts";
import { violationsOf } from "../support/axe.ts";
import { captureByPopup, waitForRows } from "../support/captures.ts";
import { signUp } from "../support/person.ts";

test("SEC-4, OBS-3: everything is exported as one ZIP, with the records in it; diagnostics go to the server once allowed", async ({
	stand,
	getReady,
}) => {
	const { browser, person } = await getReady();
	const note = stand.sites.note("exported");
	await captureByPopup(browser, note.url);
	const stored = async () => (await person.api<{ records: unknown[] }>("GET", "/api/v1/records")).body.records.length;
	await expect.poll(stored).toBe(1);

	const data = await DataPage.open(browser);
	const { name, files } = await data.exportEverything();
	expect(name).toMatch(/^sheaf-export-\d{4}-\d\d-\d\d\.zip$/);
	expect(JSON.parse(files["profile.json"] ?? "")).toMatchObject({ email: person.email });
	const records = Object.keys(files).find((file) => file.endsWith("records.csv")) ?? "";
	expect(files[records]).toContain(note.title);
	await expect(data.main.getByText(`${name} saved`)).toBeVisible();

	const diagnostics = () => stand.proxy.requests().filter((request) => request === "POST /api/v1/diagnostics");
	const privacy = await browser.openExtensionPage("options.html#privacy");
	const send = privacy.getByRole("switch", { name: "Send diagnostics to my Sheaf server" });
	await expect(send).not.toBeChecked();
	expect(diagnostics()).toEqual([]);
	await send.click();
	await expect(privacy.getByText("New notes are sent from now on.")).toBeVisible();
	await privacy.getByText("See the notes").click();
	await expect(privacy.getByRole("list", { name: "Notes, the newest first" })).toBeVisible();
	expect(await violationsOf((expression) => privacy.evaluate(expression))).toEqual([]);
	// That it was opened is one.
	await browser.openExtensionPage("options.html#data");
	await expect.poll(() => diagnostics().length).toBeGreaterThan(0);
});

test("SEC-4: the account is deleted by typing its address, with a receipt in numbers that is saved as a file", async ({
	stand,
	getReady,
}) => {
	const { browser, person, base } = await getReady();
	const note = stand.sites.note("deleted");
	await captureByPopup(browser, note.url);
	await waitForRows({ simulator: stand.simulator, base }, [note.url]);
	const data = await DataPage.open(browser);
	await data.main.getByRole("button", { name: "Delete…" }).click();
	const dialog = data.page.getByRole("dialog", { name: "Delete your account?" });
	await expect(dialog).toContainText("“Personal”, with all records, targets and connections in it");
	await expect(dialog.getByRole("button", { name: "Delete for good" })).toHaveAttribute("aria-disabled", "true");
	await data.page.keyboard.press("Escape");
	await expect(dialog).toBeHidden();

	const receipt = await data.deleteAccount(person.email.toUpperCase());
	expect(receipt).toContain("Your Sheaf account is deleted");
	expect(receipt).toContain("- 1 record\n");
	const page = data.page.getByRole("article", { name: "Your Sheaf account is deleted" });
	await expect(page.getByRole("heading", { name: "Your Sheaf account is deleted" })).toBeFocused();
	await expect(page).toContainText("1 record");
	await page.getByRole("button", { name: "Close" }).click();
	await expect(data.main.getByText("Records from a file")).toBeVisible();
	await expect(data.main.getByText("Delete account")).toBeHidden();
	expect(await stand.database.query("select id from sheaf.users")).toEqual([]);
	// The row in the person's own table is theirs.
	await waitForRows({ simulator: stand.simulator, base }, [note.url]);
});

test("SEC-4: who alone owns a workspace that others are in is told so, and nothing is deleted", async ({
	stand,
	openBrowser,
}) => {
	const [hers, his] = [await openBrowser(), await openBrowser()];
	const owner = await signUp(hers, stand.backend.url);
	await signUp(his, stand.backend.url);
	const home = await WorkspacePage.open(hers);
	await home.create("Newsroom");
	await joinByLink(his, await home.invite("Member"));
	const data = await DataPage.open(hers);
	const dialog = await data.askToDelete(owner.email);
	await dialog.getByRole("button", { name: "Delete for good" }).click();
	await expect(dialog.getByRole("alert")).toContainText("Newsroom");
	expect(await stand.database.query("select id from sheaf.users")).toHaveLength(2);
});

test("SEC-4, J1: a guest takes the records of one device along in a file, and brings them in on another, once", async ({
	stand,
	openBrowser,
}) => {
	const [one, other] = [await openBrowser(), await openBrowser()];
	const note = stand.sites.note("taken-along");
	await captureByPopup(one, note.url, "Save here");
	const from = await DataPage.open(one);
	await expect(from.main.getByText("Delete account")).toBeHidden();
	const file = await from.saveDevice("With everything (JSON)");

	const to = await DataPage.open(other);
	await to.bringIn(file);
	await expect(to.main.getByText("1 record brought in.")).toBeVisible();
	await to.bringIn(file);
	await expect(to.main.getByText("All of them were here already.")).toBeVisible();
	await to.bringIn({ name: "rows.json", mimeType: "application/json", buffer: Buffer.from('{"rows":[]}') });
	await expect(to.main.getByRole("alert")).toContainText("nothing was brought in");
	await to.page.goto(to.page.url().replace("#data", "#records"));
	await expect(to.page.getByText(note.title)).toBeVisible();
});
