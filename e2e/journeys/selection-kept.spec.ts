import type { ConnectionView } from "../../backend/contract/connections.ts";
import type { SelectionView } from "../../backend/contract/selections.ts";
import type { TargetView } from "../../backend/contract/targets.ts";
import { test as base, expect } from "../fixtures.ts";
import { violationsOf } from "../support/axe.ts";
import type { Person } from "../support/person.ts";
import { lampUrl, openShop, type Shop } from "../support/shop.ts";

const test = base.extend<{ shop: Shop }>({
	// Playwright reads what a fixture needs from this pattern, so it has to be one.
	shop: async ({ browserName: _ }, use, { parallelIndex }) => {
		const shop = await openShop(`kept-${parallelIndex}`, 4);
		await use(shop);
		await shop.close();
	},
});

/** A selection of everything in the shop's table. */
async function pickLamps({ address }: Shop, { api }: Person): Promise<void> {
	const connection = await api<ConnectionView>("POST", "/api/v1/connections", {
		provider: "postgres",
		name: "The shop",
		credential: { address, schema: "shop", tls: "off" },
	});
	expect(connection).toMatchObject({ status: 200 });
	const [target] = (await api<{ targets: TargetView[] }>("GET", "/api/v1/targets")).body.targets;
	const selection = await api<SelectionView>("POST", "/api/v1/selections", {
		name: "Lamps",
		connectionId: connection.body.id,
		place: { containerId: "shop", tableId: "lamps" },
		targetId: target?.id,
	});
	expect(selection).toMatchObject({ status: 200 });
}

test("J6, LIVE-1: a selection is kept in step by its schedule; the page that is open shows what came of it, and each gone row is kept or deleted", async ({
	stand,
	shop,
	getReady,
}) => {
	const { person, base: table } = await getReady();
	const { page } = person;
	const { database, simulator } = stand;
	const urls = async () =>
		(await simulator.rows(table.id, table.table)).map(({ cells }) => String(cells["URL"])).toSorted();
	await pickLamps(shop, person);
	await page.bringToFront();
	await page.getByRole("navigation").getByRole("link", { name: "Selections" }).click();
	const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Lamps" }) });
	await card.getByRole("button", { name: "Run now" }).click();
	await expect(card.getByText("4 new")).toBeVisible();
	await expect.poll(urls).toEqual([1, 2, 3, 4].map(lampUrl));

	await card.getByRole("link", { name: "Rows and settings" }).click();
	await page.getByLabel("When to run").selectOption("Every day");
	await page.getByLabel("Time", { exact: true }).fill("04:30");
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("Saved.")).toBeVisible();
	await page.getByRole("link", { name: "All selections" }).click();
	await expect(card.getByText("Kept in step")).toBeVisible();

	await shop.query("delete from shop.lamps where id in (3, 4)");
	await shop.query("update shop.lamps set title = 'A brighter lamp' where id = 1");
	await shop.query("insert into shop.lamps values (5, 'Lamp 5', 'https://shop.test/lamp-5')");
	// Half past four has come.
	await database.query("update sheaf.selections set next_run_at = now()");
	for (const found of ["1 new", "1 changed", "2 gone", "1 the same"]) await expect(card.getByText(found)).toBeVisible();
	await expect.poll(urls).toEqual([1, 2, 3, 4, 5].map(lampUrl));
	const titles = async () => (await simulator.rows(table.id, table.table)).map(({ cells }) => cells["Title"]);
	await expect.poll(titles).toContain("A brighter lamp");

	await card.getByRole("link", { name: "Rows and settings" }).click();
	const gone = page.getByRole("region", { name: "Gone at the source" });
	await expect(gone.getByText("Lamp 4", { exact: true })).toBeVisible();
	expect(await violationsOf((expression) => page.evaluate(expression))).toEqual([]);
	await gone.getByRole("button", { name: "Keep it: Lamp 3" }).click();
	await expect(gone.getByText("Lamp 3", { exact: true })).toHaveCount(0);
	await gone.getByRole("button", { name: "Delete… Lamp 4" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("checkbox").check();
	await dialog.getByRole("button", { name: "Delete 1 record" }).click();
	await expect(gone).toHaveCount(0);
	await expect.poll(urls).toEqual([1, 2, 3, 5].map(lampUrl));

	await page.getByRole("link", { name: "Change what is picked" }).click();
	await page.getByRole("searchbox", { name: "Search rows" }).fill("Lamp 2");
	await expect(page.getByRole("grid").getByRole("row")).toHaveCount(2);
	expect(await violationsOf((expression) => page.evaluate(expression))).toEqual([]);
	await page.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("with “Lamp 2” in it")).toBeVisible();
});
