import type { Page } from "@playwright/test";
import type { ConnectionView } from "../../backend/contract/connections.ts";
import type { TargetView } from "../../backend/contract/targets.ts";
import { expect, test } from "../connect-fixtures.ts";
import type { AmazonProcess } from "../support/amazon-simulator.ts";
import { connectBy } from "../support/connect-by-window.ts";
import type { NotionProcess } from "../support/notion-simulator.ts";
import { chooseTarget, type Person, signUp } from "../support/person.ts";
import { makeTestBase, type TestBase } from "../support/test-base.ts";

const names = ["Bedside lamps", "Desk lamps", "Garden lamps"];

/** An advertiser with three campaigns. */
async function advertise(amazon: AmazonProcess): Promise<void> {
	const account = { region: "eu", currencyCode: "EUR", timezone: "Europe/Berlin", type: "vendor" } as const;
	await amazon.addProfile({ ...account, number: "3301", name: "Lampen GmbH", countryCode: "DE" });
	const entries = names.map((name, at) => ({ campaignId: `70${at}`, name, state: "ENABLED", startDate: "2026-01-01" }));
	await amazon.setEntities({ profile: "eu:3301", collection: "spCampaigns", entries });
}

/** A database in Notion with three pages. */
async function writeDown(notion: NotionProcess): Promise<void> {
	const source = crypto.randomUUID();
	const properties = [{ id: "title", name: "Name", type: "title" }];
	await notion.addDatabase({
		id: crypto.randomUUID(),
		name: "Stock",
		dataSources: [{ id: source, name: "Lamps in stock", properties }],
	});
	const token = `ntn_${crypto.randomUUID()}`;
	await notion.addToken({ token });
	for (const name of names) {
		const reply = await fetch(`${notion.url}/v1/pages`, {
			method: "POST",
			headers: {
				authorization: `Bearer ${token}`,
				"content-type": "application/json",
				"notion-version": "2025-09-03",
			},
			body: JSON.stringify({
				parent: { type: "data_source_id", data_source_id: source },
				properties: { Name: { title: [{ text: { content: name } }] } },
			}),
		});
		if (!reply.ok) throw new Error(`The page was answered ${reply.status}: ${await reply.text()}`);
	}
}

/** A table whose rows are told apart by the name of what was picked. */
async function makeTarget({ api, page }: Person, base: TestBase): Promise<void> {
	const credential = { token: base.token };
	const connection = await api<ConnectionView>("POST", "/api/v1/connections", { provider: "airtable", credential });
	const title = base.fields["Title"] ?? "";
	const target = await api<TargetView>("POST", "/api/v1/targets", {
		name: "Lamps",
		connectionId: connection.body.id,
		tableId: base.tableId,
		containerId: base.id,
		mapping: [{ from: "Name", to: title }],
		matchKey: [title],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	expect(target).toMatchObject({ status: 200 });
	await chooseTarget(page, target.body);
}

/** Everything of a table, picked and sent by hand. */
async function pickAll(page: Page, account: string, table: string): Promise<void> {
	await page.getByRole("navigation").getByRole("link", { name: "Selections" }).click();
	await page.getByRole("link", { name: "Pick rows" }).click();
	await page.getByLabel("Account", { exact: true }).selectOption(account);
	await page.getByRole("combobox", { name: "Table" }).fill(table);
	await page.keyboard.press("Enter");
	await page.getByRole("checkbox", { name: "Pick all rows that match" }).click();
	await page.getByRole("button", { name: /^Send / }).click();
}

const sources = [
	{ title: "Amazon Ads", table: "Campaigns", fill: "amazon" },
	{ title: "Notion", table: "Lamps in stock", fill: "notion" },
] as const;

for (const { title, table, fill } of sources) {
	test(`J6: rows of ${title} are picked in the options page, from an account connected in its window, and each is in another table once`, async ({
		airtable,
		amazon,
		notion,
		openBrowser,
		stand,
	}) => {
		await (fill === "amazon" ? advertise(amazon) : writeDown(notion));
		const browser = await openBrowser();
		const person = await signUp(browser, stand.backend.url);
		const { page } = person;
		const base = await makeTestBase(airtable);
		await makeTarget(person, base);
		await page.bringToFront();
		await page.getByRole("navigation").getByRole("link", { name: "Connections" }).click();
		const connect = page.getByRole("button", { name: `Connect with ${title}` });
		await connectBy(browser, () => connect.click(), "Allow");
		await page.bringToFront();
		// Where the page goes by itself once it is connected.
		await page.waitForURL(/#(connections|targets\/new)\/[\da-f-]{36}$/);
		await pickAll(page, title, table);
		const found = async () =>
			(await airtable.rows(base.id, base.table)).map(({ cells }) => String(cells["Title"])).toSorted();
		await expect.poll(found, { timeout: 60_000 }).toEqual(names);
		await page.getByRole("link", { name: "All selections" }).click();
		const card = page.getByRole("listitem").filter({ has: page.getByText(`from ${table} in ${title}`) });
		await expect(card.getByText("3 new")).toBeVisible();
	});
}
