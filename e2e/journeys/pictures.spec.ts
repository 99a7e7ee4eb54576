import { expect, type Ready, test } from "../fixtures.ts";
import { Popup } from "../pages/popup.ts";
import { violationsOf } from "../support/axe.ts";
import { signIn } from "../support/person.ts";
import type { Stand } from "../support/stand.ts";

/** The table gets a column for pictures, and the target fills it. */
async function fillPictures({ simulator }: Stand, { person, base }: Ready): Promise<void> {
	const reply = await fetch(`${simulator.url}/v0/meta/bases/${base.id}/tables/${base.tableId}/fields`, {
		method: "POST",
		headers: { authorization: `Bearer ${base.token}`, "content-type": "application/json" },
		body: JSON.stringify({ name: "Picture", type: "multipleAttachments" }),
	});
	const { id } = (await reply.json()) as { id: string };
	type Target = { id: string; mapping: { from: string; to: string }[] };
	const targets = await person.api<{ targets: Target[] }>("GET", "/api/v1/targets");
	const [target] = targets.body.targets;
	if (!target) throw new Error("There is no target.");
	const mapping = [...target.mapping, { from: "image", to: id }];
	const changed = await person.api("PATCH", `/api/v1/targets/${target.id}`, { mapping });
	expect(changed.status).toBe(200);
}

test("BLOB-1: a picture of a page survives a killed browser, gets to the server and the table once, and is seen elsewhere", async ({
	stand,
	getReady,
	openBrowser,
}) => {
	const ready = await getReady();
	const { browser, person, base } = ready;
	await fillPictures(stand, ready);
	const page = await browser.context.newPage();
	const note = stand.sites.note("pictured");
	await page.goto(note.url);
	await page.evaluate(() =>
		document.body.append(Object.assign(document.createElement("div"), { style: "height:3000px" })),
	);
	const part = stand.proxy.plan({ method: "PUT", path: /\/api\/v1\/blobs\//, with: "hold-request" });
	const popup = await Popup.openOn(browser, page);
	await popup.press("Change the picture");
	expect(await violationsOf((expression) => popup.evaluate(expression)), "where a picture is chosen").toEqual([]);
	await popup.press("The whole page");
	const picture = () => popup.evaluate<string | null>("document.querySelector('.picture img')?.src ?? null");
	await expect.poll(picture, { timeout: 30_000 }).toContain("blob:");
	expect(await page.evaluate(() => scrollY), "the page is where it was").toBe(0);
	expect(await violationsOf((expression) => popup.evaluate(expression)), "with a picture taken here").toEqual([]);
	await popup.press("Send");
	await popup.saved();
	await expect.poll(() => part.strikes()).toBe(1);
	await browser.kill();

	const again = await openBrowser({ profile: browser.profile });
	await expect
		.poll(() => stand.database.query("select 1 from sheaf.blobs_meta where stored_at is not null"), { timeout: 60_000 })
		.toHaveLength(1);
	const rows = () => stand.simulator.rows(base.id, base.table);
	const delivered = async () => (await rows()).map(({ cells }) => JSON.stringify(cells["Picture"] ?? null));
	await expect.poll(delivered, { timeout: 60_000 }).toEqual([expect.stringContaining("png")]);
	await again.close();

	const other = await openBrowser();
	await signIn(other, stand.backend.url, person.email);
	const records = await other.openExtensionPage("options.html#records/workspace");
	await records.getByRole("button", { name: "Show it here" }).click();
	await expect(records.getByText("On this device and at the server")).toBeVisible();
	const size = await records
		.locator(".kept-picture img")
		.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
	expect(size[1], "the whole page, not what was visible").toBeGreaterThan(3_000);
});
