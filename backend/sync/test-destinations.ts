import { createAirtableConnector } from "../connectors/airtable/index.ts";
import { startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createBaserowConnector } from "../connectors/baserow/index.ts";
import { startBaserowSimulator } from "../connectors/baserow/simulator.ts";
import * as baserow from "../connectors/baserow/test-scene.ts";
import type { Connector } from "../connectors/connector.ts";
import { namedRows, sheetIn } from "../connectors/google-sheets/simulator/control.ts";
import { setCell, usedRows } from "../connectors/google-sheets/simulator/state.ts";
import { startSheetsSimulator } from "../connectors/google-sheets/simulator.ts";
import * as sheets from "../connectors/google-sheets/test-scene.ts";
import { placeContainer } from "../connectors/server-address.ts";

/** A destination with a table of the columns Key, Text and Number, as the people at the other end have it in their hands. */
export type TestDestination = {
	connector: Connector;
	url: string;
	credential: Record<string, string>;
	containerId: string;
	tableId: string;
	/** Somebody takes the column Text away, or, where names are all there is, renames it. */
	loseText(): void;
	/** A row that was there before Sheaf came. */
	plant(row: { key: string; text: string }): void;
	/** What is in Key and Text, row by row. */
	rows(): { key: unknown; text: unknown }[];
	stop(): Promise<void>;
};

/** One request a second is kept to elsewhere; here nobody has to wait for it. */
function unhurried(connector: Connector): Connector {
	const { manifest } = connector;
	return { ...connector, manifest: { ...manifest, limits: { ...manifest.limits, requestsPerSecond: 1_000 } } };
}

export async function airtableDestination(): Promise<TestDestination> {
	const [token, baseId, table] = ["patDestinations00.secret", "appDestinations00", "Rows"];
	const fields = [
		{ name: "Key", type: "singleLineText" },
		{ name: "Text", type: "singleLineText" },
		{ name: "Number", type: "number", options: { precision: 2 } },
	];
	const simulator = await startAirtableSimulator({
		tokens: [{ token }],
		bases: [{ id: baseId, name: "Base", tables: [{ name: table, fields }] }],
	});
	const { url, control } = simulator;
	return {
		connector: createAirtableConnector({
			id: "airtable",
			title: "Airtable",
			summary: "Rows in Airtable.",
			apiUrl: url,
			siteUrl: "https://airtable.com",
			contentUrl: url,
			auth: { kind: "account", oauthUrl: url, client: null },
		}),
		url,
		credential: { token },
		containerId: baseId,
		tableId: control.table(baseId, table).id,
		loseText: () => control.removeField({ baseId, table, field: "Text" }),
		plant: ({ key, text }) => void control.addRow({ baseId, table, cells: { Key: key, Text: text } }),
		rows: () => control.rows(baseId, table).map(({ cells }) => ({ key: cells.Key, text: cells.Text })),
		stop: simulator.stop,
	};
}

export async function baserowDestination(): Promise<TestDestination> {
	const simulator = await startBaserowSimulator({ tables: [baserow.conformanceTable], token: baserow.sceneToken });
	const table = simulator.table(baserow.tableId);
	const [key, text] = [`field_${baserow.columns.key}`, `field_${baserow.columns.text}`];
	return {
		connector: createBaserowConnector(),
		url: simulator.url,
		credential: { address: simulator.url, token: baserow.sceneToken },
		containerId: placeContainer(baserow.databaseId, simulator.url),
		tableId: String(baserow.tableId),
		loseText: () => {
			table.fields = table.fields.filter(({ name }) => name !== "Text");
		},
		plant: (row) => {
			table.lastId += 1;
			table.rows.push({ id: table.lastId, [key]: row.key, [text]: row.text });
		},
		rows: () => table.rows.map((row) => ({ key: row[key], text: row[text] })),
		stop: simulator.stop,
	};
}

export async function sheetsDestination(): Promise<TestDestination> {
	const simulator = await startSheetsSimulator({ files: [sheets.sceneFile], tokens: [sheets.sceneToken] });
	const { world } = simulator;
	world.quotas.now = () => 0;
	const sheet = () => sheetIn(world, { file: sheets.fileId, sheetId: sheets.sheetId });
	return {
		connector: unhurried(sheets.connectorAt(simulator.url)),
		url: simulator.url,
		credential: { token: sheets.sceneToken },
		containerId: sheets.fileId,
		tableId: String(sheets.sheetId),
		loseText: () => setCell(sheet(), { row: 0, column: 1, cell: "Text of it" }),
		plant: ({ key, text }) => {
			const row = usedRows(sheet());
			setCell(sheet(), { row, column: 0, cell: key });
			setCell(sheet(), { row, column: 1, cell: text });
		},
		rows: () => namedRows(sheet()).map((row) => ({ key: row.Key, text: row.Text ?? row["Text of it"] })),
		stop: simulator.stop,
	};
}
