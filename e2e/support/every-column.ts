import type { ConnectionView } from "../../backend/contract/connections.ts";
import type { TargetView } from "../../backend/contract/targets.ts";
import { chooseTarget, type Person } from "./person.ts";
import type { Simulator } from "./simulator.ts";

/** A table with a column of each type, and one that it links to. */
export type EveryColumn = { baseId: string; table: string; target: TargetView };

const table = "Everything";
const people = { id: "tblPeople000000000", names: ["Ada Lovelace", "Grace Hopper", "Grete Hermann"] };

const columns = [
	{ name: "Title", type: "singleLineText" },
	{ name: "URL", type: "url" },
	{ name: "Status", type: "singleSelect", choices: ["To read", "Reading", "Done"] },
	{ name: "Tags", type: "multipleSelects", choices: ["Essay", "News"] },
	{ name: "People", type: "multipleRecordLinks", options: { linkedTableId: people.id } },
	{ name: "Day", type: "date", options: { dateFormat: { name: "iso", format: "YYYY-MM-DD" } } },
	{ name: "Moment", type: "dateTime", options: { timeZone: "utc" } },
	{ name: "Pages", type: "number", options: { precision: 1 } },
	{ name: "Price", type: "currency", options: { precision: 2, symbol: "€" } },
	{ name: "Discount", type: "percent", options: { precision: 1 } },
	{ name: "Rating", type: "rating", options: { max: 5, icon: "star" } },
	{ name: "Length", type: "duration", options: { durationFormat: "h:mm:ss" } },
	{ name: "Finished", type: "checkbox", options: { icon: "check" } },
	{ name: "Mail", type: "email" },
	{ name: "Phone", type: "phoneNumber" },
	{ name: "Notes", type: "multilineText" },
	{ name: "Files", type: "multipleAttachments" },
	{ name: "Mood", type: "singleSelect", choices: ["Good", "Bad"] },
];

/** What pages fill; the others are filled by hand. */
const captured: Record<string, string> = { Title: "title", URL: "url", Price: "price" };
/** In the table and not in the mapping. */
const unmapped = ["Mood"];

/** Makes the base and a target that maps its columns, and tells the extension of it. */
export async function connectEveryColumn(simulator: Simulator, person: Person): Promise<EveryColumn> {
	const base = await simulator.addBase({
		name: "Library",
		tables: [
			{ name: table, fields: columns },
			{
				id: people.id,
				name: "People",
				fields: [{ name: "Name", type: "singleLineText" }],
				rows: people.names.map((Name) => ({ Name })),
			},
		],
	});
	const token = `patEveryColumn${process.pid}.worthless-outside-this-test`;
	await simulator.addToken(token, [base.id]);
	const [made] = base.tables;
	if (!made) throw new Error("The simulator made a base without a table.");
	const { body: connection } = await person.api<ConnectionView>("POST", "/api/v1/connections", {
		provider: "airtable",
		credential: { token },
	});
	const mapped = made.fields.filter(({ name }) => !unmapped.includes(name));
	const target = await person.api<TargetView>("POST", "/api/v1/targets", {
		name: table,
		connectionId: connection.id,
		tableId: made.id,
		containerId: base.id,
		mapping: mapped.map(({ name, id }) => ({ from: captured[name] ?? name, to: id })),
		matchKey: [made.fields.find(({ name }) => name === "URL")?.id],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	if (target.status >= 300) throw new Error(`Making the target was answered ${JSON.stringify(target)}`);
	await chooseTarget(person.page, target.body);
	return { baseId: base.id, table, target: target.body };
}
