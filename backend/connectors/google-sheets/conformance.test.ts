import { describeConformance } from "../conformance.ts";
import type { ConformanceColumn } from "../conformance-bench.ts";
import { readCell, sheetCell } from "./cells.ts";
import { namedRows, sheetIn } from "./simulator/control.ts";
import type { QuotaSettings } from "./simulator/quotas.ts";
import { setCell, usedRows } from "./simulator/state.ts";
import { startSheetsSimulator } from "./simulator.ts";
import { columns, connectorAt, fileId, sceneFile, sceneToken, sheetId } from "./test-scene.ts";

const zone = "America/New_York";

function fieldOf(name: string) {
	const type = name === columns.day ? "date" : name === columns.instant ? "datetime" : "text";
	return { id: name, name, type, providerType: "", writable: true, matchable: true } as const;
}

async function createSimulator(quotas: Partial<QuotaSettings> = {}) {
	const simulator = await startSheetsSimulator({ files: [sceneFile], tokens: [sceneToken], quotas });
	const { world } = simulator;
	// The minute never ends by itself in a test.
	world.quotas.now = () => 0;
	const sheet = () => sheetIn(world, { file: fileId, sheetId });
	return {
		url: simulator.url,
		credential: { token: sceneToken },
		table: { containerId: fileId, tableId: String(sheetId), columns },
		rows: () =>
			namedRows(sheet()).map((row) =>
				Object.fromEntries(
					Object.entries(row).map(([name, cell]) => [
						name,
						typeof cell === "object" ? cell : readCell(cell, fieldOf(name), zone),
					]),
				),
			),
		plant: (cells: Record<string, unknown>) => {
			const row = usedRows(sheet());
			for (const [column, name] of Object.values(columns).entries()) {
				const value = sheetCell(cells[name] ?? null, fieldOf(name), zone)?.userEnteredValue;
				setCell(sheet(), { row, column, cell: Object.values(value ?? {})[0] ?? null });
			}
		},
		fail: simulator.fail,
		revokeCredential: () => world.oauth.forget(sceneToken),
		withdrawPermission: () => {
			const file = world.files.get(fileId);
			if (file !== undefined) file.canEdit = false;
		},
		removeColumn: (part: ConformanceColumn) =>
			setCell(sheet(), { row: 0, column: Object.keys(columns).indexOf(part), cell: "Something else" }),
		stop: simulator.stop,
	};
}

const unlimited = { readsPerUser: 1e6, writesPerUser: 1e6, readsPerProject: 1e6, writesPerProject: 1e6 };

describeConformance({
	name: "Google Sheets",
	createSimulator,
	createUnlimitedSimulator: () => createSimulator(unlimited),
	createConnector: ({ url }) => connectorAt(url),
	shorterCells: { reason: "A cell holds 50,000 characters." },
	movingIds: {
		reason: "A row has no id there: its id is where it is and a digest of its key.",
		addressPart: (id) => id.split(".")[0] ?? id,
	},
});
