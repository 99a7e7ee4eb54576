import { describeConformance } from "../conformance.ts";
import { placeContainer } from "../server-address.ts";
import { createNocodbConnector } from "./index.ts";
import { startNocodbSimulator } from "./simulator.ts";
import { baseId, columns, conformanceBase, sceneToken, tableId } from "./test-scene.ts";

const createSimulator = async () => {
	// Under a path, as behind a proxy that serves several things.
	const simulator = await startNocodbSimulator({ bases: [conformanceBase], token: sceneToken, prefix: "/noco" });
	const table = simulator.table(tableId);
	return {
		url: simulator.url,
		credential: { address: `${simulator.url}/`, token: sceneToken },
		table: { containerId: placeContainer(baseId, simulator.url), tableId, columns },
		rows: () => table.rows.map(asSent),
		plant: (cells: Record<string, unknown>) => {
			table.lastId += 1;
			table.rows.push({ ...cells, cid: table.lastId });
		},
		fail: simulator.fail,
		revokeCredential: () => simulator.revokeToken(sceneToken),
		withdrawPermission: () => simulator.setRole(baseId, "viewer"),
		removeColumn: (part: keyof typeof columns) => {
			table.columns = table.columns.filter(({ id }) => id !== columns[part]);
		},
		stop: simulator.stop,
	};
};

/** The same instant in the suite's way of writing it. */
function asSent(row: Record<string, unknown>): Record<string, unknown> {
	const instant = row[columns.instant];
	return typeof instant === "string" ? { ...row, [columns.instant]: new Date(instant).toISOString() } : row;
}

describeConformance({
	name: "NocoDB",
	createSimulator,
	createUnlimitedSimulator: createSimulator,
	createConnector: createNocodbConnector,
});
