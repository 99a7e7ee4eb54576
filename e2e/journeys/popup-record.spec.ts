import { expect, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { waitForRows } from "../support/captures.ts";

test("J4: what was typed is there again when the popup is opened over the same page, and in no other", async ({
	stand,
	getReady,
}) => {
	const { browser, base } = await getReady();
	const page = await browser.context.newPage();
	const [one, two] = [stand.sites.note("draft-one"), stand.sites.note("draft-two")];
	await page.goto(one.url);
	const first = await Popup.openOn(browser, page);
	await first.fill("Author", "Half written");
	await first.set("Kind", "paper");
	await first.close();

	const again = await Popup.openOn(browser, page);
	await expect.poll(() => again.field("Author")).toBe("Half written");
	expect(await again.field("Kind")).toBe("paper");
	await again.close();

	await page.goto(two.url);
	const other = await Popup.openOn(browser, page);
	expect(await other.field("Title")).toBe(two.title);
	expect(await other.field("Author")).not.toBe("Half written");
	await other.close();

	await page.goBack();
	const back = await Popup.openOn(browser, page);
	expect(await back.field("Title")).toBe(one.title);
	await back.fill("Author", "Whole");
	await back.press("Send");
	await back.saved();
	await back.close();
	const sent = await Popup.openOn(browser, page);
	await expect.poll(() => sent.text()).toContain("already saved");
	const rows = await waitForRows({ simulator: stand.simulator, base }, [one.url]);
	expect(rows.map(({ cells }) => cells["Author"])).toEqual(["Whole"]);
});

test("CAP-2: the record gets another picture of the page, or none, and another kind", async ({ stand, getReady }) => {
	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shop-product.html`);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	const picture = () => popup.evaluate<string | null>("document.querySelector('.picture img')?.src ?? null");
	const before = await picture();
	await popup.press("Change the picture");
	const tile = () => popup.evaluate<string | null>("document.querySelector('.picture-tile img')?.src ?? null");
	await expect.poll(tile).toContain("http");
	const offered = await tile();
	await popup.evaluate("document.querySelector('button.picture-tile').click()");
	await expect.poll(picture).toBe(offered);
	expect((await popup.focused()).name, "the focus goes back").toBe("Change the picture");
	await popup.press("Change the picture");
	await popup.press("Without a picture");
	await expect.poll(picture).toBeNull();
	expect(before === null || before.startsWith("http")).toBe(true);
	await popup.set("Kind", "bookmark");
	await popup.press("Send");
	await popup.waitForSent("delivered");
	const [stored] = await stand.database.query<{ kind: string; fields: Record<string, unknown> }>(
		"select kind, fields from sheaf.records",
	);
	expect(stored?.kind).toBe("bookmark");
	expect(stored?.fields).not.toHaveProperty("image");
});

test("CAP-1: where a value comes from is read out with its input, and shown on focus until Esc", async ({
	stand,
	getReady,
}) => {
	const { browser } = await getReady();
	const page = await browser.context.newPage();
	await page.goto(`${stand.sites.url}/shop-product.html`);
	const popup = await Popup.openOn(browser, page);
	await popup.focus("Price");
	const tooltip = () =>
		popup.evaluate<string | null>("document.querySelector('.tooltip:popover-open')?.innerText ?? null");
	await expect.poll(tooltip).toContain("from the page’s data");
	const described = await popup.evaluate<string>(
		"document.getElementById(document.activeElement.getAttribute('aria-describedby'))?.textContent ?? ''",
	);
	expect(described).toContain("% sure");
	await popup.key("Escape");
	await expect.poll(tooltip).toBeNull();
	expect(await popup.field("Price"), "Esc closes the tooltip and not the popup").not.toBe("");
});

test("J4: where a site's records go is remembered for that site", async ({ stand, getReady }) => {
	const { browser, person, base } = await getReady();
	const { body } = await person.api<{ targets: { connectionId: string }[] }>("GET", "/api/v1/targets");
	await person.api("POST", "/api/v1/targets", {
		name: "Second list",
		connectionId: body.targets[0]?.connectionId,
		tableId: base.tableId,
		containerId: base.id,
		mapping: [{ from: "url", to: base.fields["URL"] }],
		matchKey: [base.fields["URL"]],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	const page = await browser.context.newPage();
	await page.goto(stand.sites.note("here").url);
	const popup = await Popup.openOn(browser, page);
	await popup.field("Author");
	await popup.press(`→ ${base.table}`);
	await popup.press("Second list");
	await expect.poll(() => popup.text()).toContain("→ Second list");
	await popup.close();

	const elsewhere = stand.sites.note("elsewhere").url.replace("127.0.0.1", "localhost");
	await page.goto(elsewhere);
	const other = await Popup.openOn(browser, page);
	await other.press("→ Second list");
	await other.press(base.table);
	await expect.poll(() => other.text()).toContain(`→ ${base.table}`);
	await other.close();

	await page.goto(stand.sites.note("here-again").url);
	const again = await Popup.openOn(browser, page);
	await expect.poll(() => again.text()).toContain("→ Second list");
});
