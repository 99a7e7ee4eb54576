import { expect, test } from "bun:test";
import { describeSource } from "../conformance-source.ts";
import { SourceBench, type SourceConformanceOptions, type SourceSimulator } from "../conformance-source-bench.ts";
import { createAirtableConnector } from "./index.ts";
import { startAirtableSimulator } from "./simulator.ts";
import { effectOf } from "./test-effects.ts";

const place = { containerId: "appSource00000000", tableId: "tblSource00000000" };
const at = { baseId: place.containerId, table: place.tableId };
const token = "patSource00000000.secret";
const columns = {
	key: "fldKey00000000000",
	text: "fldText0000000000",
	number: "fldNumber00000000",
	day: "fldDay00000000000",
};

async function createSimulator(): Promise<SourceSimulator> {
	const fields = [
		{ id: columns.key, name: "Key {x}", type: "singleLineText" },
		{ id: columns.text, name: "Text", type: "singleLineText" },
		{ id: columns.number, name: "Number", type: "number", options: { precision: 2 } },
		{ id: columns.day, name: "Day", type: "date" },
	];
	const scopes = ["data.records:read", "schema.bases:read"];
	const { url, control, stop } = await startAirtableSimulator({
		bases: [{ id: place.containerId, name: "Source", tables: [{ id: place.tableId, name: "Rows", fields }] }],
		tokens: [{ token, scopes }],
	});
	control.setLimits({ requestsPerSecondPerBase: 100_000, requestsPerSecondPerUser: 100_000 });
	return {
		url,
		credential: { token },
		place,
		columns,
		plant: (rows) => {
			for (const { key, text, number, day } of rows) {
				const cells = { [columns.key]: key, [columns.text]: text, [columns.number]: number, [columns.day]: day };
				const filled = Object.entries(cells).filter(([, cell]) => cell !== undefined);
				control.addRow({ ...at, cells: Object.fromEntries(filled) });
			}
		},
		remove: (key) => {
			const row = control.table(at.baseId, at.table).rows.find(({ cells }) => cells[columns.key] === key);
			if (row !== undefined) control.removeRow({ ...at, rowId: row.id });
		},
		fail: (fault) => void control.plan({ method: "GET", path: place.tableId, effect: effectOf(fault) }),
		revokeCredential: () => control.revokeToken(token),
		removeTable: () => control.removeTable(at.baseId, at.table),
		stop,
	};
}

const options: SourceConformanceOptions = {
	name: "Airtable",
	createSimulator,
	createConnector: ({ url }) =>
		createAirtableConnector({
			id: "airtable",
			title: "Airtable",
			summary: "Rows in Airtable.",
			apiUrl: url,
			siteUrl: "https://airtable.com",
			contentUrl: url,
			auth: { kind: "account", oauthUrl: url, client: null },
		}),
};

describeSource(options);

test("CON-2: a listing that Airtable has forgotten begins anew", async () => {
	const simulator = await createSimulator();
	const bench = new SourceBench(simulator, options);
	await simulator.plant([{ key: "a" }]);
	expect(await bench.keys({ cursor: "itrSIMULATOR/recGone" })).toEqual(["a"]);
	await simulator.stop();
});
