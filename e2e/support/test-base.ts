import type { BaseSeed } from "../../backend/connectors/airtable/simulator/seed.ts";
import type { Simulator } from "./simulator.ts";

/** A base of a test's own in the simulator, and a token that opens it alone. */
export type TestBase = {
	id: string;
	name: string;
	table: string;
	tableId: string;
	token: string;
	fields: Record<string, string>;
};

const table = "Reading list";

const seed = (name: string): BaseSeed => ({
	name,
	tables: [
		{
			name: table,
			fields: [
				{ name: "Title", type: "singleLineText" },
				{ name: "URL", type: "url" },
				{ name: "Author", type: "singleLineText" },
				{ name: "Description", type: "multilineText" },
				{ name: "Published", type: "date", options: { dateFormat: { name: "iso", format: "YYYY-MM-DD" } } },
				{ name: "Price", type: "currency", options: { precision: 2, symbol: "€" } },
				{ name: "Category", type: "singleSelect", choices: ["Reading"] },
			],
		},
	],
});

let bases = 0;

/** New ids each time: one test's budget, penalty and rows are nobody else's. */
export async function makeTestBase(simulator: Simulator): Promise<TestBase> {
	bases += 1;
	const name = `Base ${bases}`;
	const base = await simulator.addBase(seed(name));
	const [made] = base.tables;
	if (!made) throw new Error("The simulator made a base without a table.");
	const token = `patTestBase${process.pid}x${bases}.worthless-outside-this-test`;
	await simulator.addToken(token, [base.id]);
	const fields = Object.fromEntries(made.fields.map((field) => [field.name, field.id]));
	return { id: base.id, name, table, tableId: made.id, token, fields };
}

/** A row that somebody made in the table itself, by the names of its columns. */
export async function addRowByHand(simulator: Simulator, base: TestBase, cells: Record<string, string>): Promise<void> {
	const reply = await fetch(`${simulator.url}/v0/${base.id}/${base.tableId}`, {
		method: "POST",
		headers: { authorization: `Bearer ${base.token}`, "content-type": "application/json" },
		body: JSON.stringify({ records: [{ fields: cells }] }),
	});
	if (!reply.ok) throw new Error(`The row was answered ${reply.status}: ${await reply.text()}`);
}

/** A column for texts that somebody made in the table itself. */
export async function addColumnByHand(simulator: Simulator, base: TestBase, name: string): Promise<void> {
	const reply = await fetch(`${simulator.url}/v0/meta/bases/${base.id}/tables/${base.tableId}/fields`, {
		method: "POST",
		headers: { authorization: `Bearer ${base.token}`, "content-type": "application/json" },
		body: JSON.stringify({ name, type: "singleLineText" }),
	});
	if (!reply.ok) throw new Error(`The column was answered ${reply.status}: ${await reply.text()}`);
}
