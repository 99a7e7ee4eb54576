import { describeConformance } from "../conformance.ts";
import { placeContainer } from "../server-address.ts";
import { remoteRowOf, rowOf } from "./cells.ts";
import { tableField } from "./field-types.ts";
import { createBaserowConnector } from "./index.ts";
import { startBaserowSimulator } from "./simulator.ts";
import { columns, conformanceTable, databaseId, sceneToken, tableId } from "./test-scene.ts";

const createSimulator = async () => {
	// Under a path, as behind a proxy that serves several things.
	const simulator = await startBaserowSimulator({ tables: [conformanceTable], token: sceneToken, prefix: "/base" });
	const table = simulator.table(tableId);
	const fieldsById = new Map(conformanceTable.fields.map((field) => [String(field.id), tableField(field)]));
	const open = { id: String(tableId), columns: fieldsById, fields: conformanceTable.fields };
	return {
		url: simulator.url,
		credential: { address: `${simulator.url}/`, token: sceneToken },
		table: { containerId: placeContainer(databaseId, simulator.url), tableId: String(tableId), columns },
		rows: () => table.rows.map((row) => remoteRowOf(open, row).cells),
		plant: (cells: Record<string, unknown>) => {
			table.lastId += 1;
			table.rows.push({ ...rowOf(open, cells), id: table.lastId });
		},
		fail: simulator.fail,
		revokeCredential: () => simulator.revokeToken(sceneToken),
		withdrawPermission: () => simulator.allow(tableId, ["read"]),
		removeColumn: (part: keyof typeof columns) => {
			table.fields = table.fields.filter(({ id }) => String(id) !== columns[part]);
		},
		stop: simulator.stop,
	};
};

describeConformance({
	name: "Baserow",
	createSimulator,
	createUnlimitedSimulator: createSimulator,
	createConnector: createBaserowConnector,
	fixedChoices: { reason: "A database token may not change columns." },
});
