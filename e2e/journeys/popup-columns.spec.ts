import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { connectEveryColumn } from "../support/every-column.ts";
import { signUp } from "../support/person.ts";
import { waitUntil } from "../support/wait-until.ts";

test.beforeEach(({ browserName: _ }, info) => info.setTimeout(120_000));

test("J4: every column of a table has its input, and what is typed there stands in the row", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const person = await signUp(browser, stand.backend.url);
	const { baseId, table } = await connectEveryColumn(stand.simulator, person);
	const page = await browser.context.newPage();
	const note = stand.sites.note("every-column");
	await page.goto(note.url);
	const popup = await Popup.openOn(browser, page);

	const labels = await waitUntil("the table's columns", async () => {
		const found = await popup.evaluate<string[]>(
			"[...document.querySelectorAll('.fields')][0] ? [...document.querySelectorAll('.fields')[0].querySelectorAll('label')].map((label) => label.textContent.trim()) : []",
		);
		return found.length > 0 ? found : null;
	});
	expect(labels, "in the order of the table").toEqual([
		"URL",
		"Status",
		"Tags",
		"People",
		"Day",
		"Moment",
		"Pages",
		"Price",
		"Discount",
		"Rating",
		"Length",
		"Finished",
		"Mail",
		"Phone",
		"Notes",
		"Files",
	]);

	await popup.choose("Status", "reading", "Reading");
	await popup.choose("Tags", "ess", "Essay");
	await popup.choose("Tags", "Poem", "Add “Poem”");
	await popup.choose("People", "gra", "Grace Hopper");
	await popup.set("Day", "2026-03-02");
	await popup.set("Moment", "2026-03-02");
	await popup.set("Time of Moment", "18:30");
	await popup.fill("Pages", "312.5");
	await popup.fill("Price", "12.90");
	await popup.fill("Discount", "12.5");
	await popup.focus("Rating");
	for (let star = 0; star < 4; star += 1) await popup.key("ArrowRight");
	await popup.fill("Length", "1:30:00");
	await popup.focus("Finished");
	await popup.evaluate("document.activeElement.click()");
	await popup.fill("Mail", "ada@example.com");
	await popup.fill("Phone", "+44 20 7946 0000");
	await popup.fill("Notes", "Read it twice.");
	await popup.fill("Files", `${stand.sites.url}/img/lamp.svg`);
	await popup.key("Enter", "ctrl");
	await popup.waitForSent("delivered");

	const moment = await popup.evaluate<string>("new Date('2026-03-02T18:30').toISOString()");
	const [row] = await stand.simulator.rows(baseId, table);
	const [grace] = (await stand.simulator.rows(baseId, "People")).filter(
		({ cells }) => cells["Name"] === "Grace Hopper",
	);
	expect(row?.cells).toMatchObject({
		Title: note.title,
		URL: note.url,
		Status: "Reading",
		Tags: ["Essay", "Poem"],
		People: [grace?.id],
		Day: "2026-03-02",
		Moment: moment,
		Pages: 312.5,
		Price: 12.9,
		Discount: 0.125,
		Rating: 4,
		Length: 5_400,
		Finished: true,
		Mail: "ada@example.com",
		Phone: "+44 20 7946 0000",
		Notes: "Read it twice.",
		Files: [expect.objectContaining({ url: `${stand.sites.url}/img/lamp.svg` })],
	});
});

test("J4: without a network the inputs are the table's all the same; rows that cannot be found are taken as written", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const person = await signUp(browser, stand.backend.url);
	const { baseId, table } = await connectEveryColumn(stand.simulator, person);
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("offline-columns").url);
	await browser.context.setOffline(true);
	const popup = await Popup.openOn(browser, page);
	await popup.setOffline(true);
	await popup.choose("Status", "Done");
	await popup.fill("People", "Ada Lovelace");
	await expect.poll(() => popup.text()).toContain("Rows are found when you are online");
	await popup.choose("People", "Ada Lovelace", "Use “Ada Lovelace” as it is written");
	await popup.press("Send");
	expect(await popup.saved()).toMatch(/^(local|sending)$/);
	await expect.poll(() => popup.text()).toContain("You are offline");

	await popup.setOffline(false);
	await browser.context.setOffline(false);
	await popup.waitForSent("delivered");
	const [row] = await stand.simulator.rows(baseId, table);
	const [ada] = (await stand.simulator.rows(baseId, "People")).filter(({ cells }) => cells["Name"] === "Ada Lovelace");
	expect(row?.cells).toMatchObject({ Status: "Done", People: [ada?.id] });
});

test("J4: a column that nothing fills yet is filled by hand, in this record and in the next", async ({
	stand,
	openBrowser,
}) => {
	const browser = await openBrowser();
	const person = await signUp(browser, stand.backend.url);
	const { baseId, table } = await connectEveryColumn(stand.simulator, person);
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("one-more-column").url);
	const popup = await Popup.openOn(browser, page);
	await popup.fill("Notes", "Half written");
	await popup.press("Fill another column");
	await popup.press("Mood");
	await expect.poll(async () => (await popup.focused()).name, { timeout: 30_000 }).toContain("Mood");
	expect(await popup.field("Notes"), "what was typed stays").toBe("Half written");
	await popup.choose("Mood", "Good");
	await popup.press("Send");
	await popup.waitForSent("delivered");
	const [row] = await stand.simulator.rows(baseId, table);
	expect(row?.cells).toMatchObject({ Mood: "Good", Notes: "Half written" });
});
