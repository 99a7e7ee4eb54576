import type { TableField } from "../../contract/connections.ts";
import { describeConformance } from "../conformance.ts";
import type { ConformanceSimulator, WatchedSimulator } from "../conformance-bench.ts";
import { cellOf, propertyValue } from "./cells.ts";
import { createNotionConnector } from "./index.ts";
import type { SimulatorControl } from "./simulator/control.ts";
import type { DatabaseSeed, PropertySeed } from "./simulator/state.ts";
import { startNotionSimulator } from "./simulator.ts";
import { effectOf } from "./test-effects.ts";

const containerId = "cccccccc-0000-4000-8000-000000000001";
const tableId = "cccccccc-0000-4000-8000-000000000002";
const token = "ntn_conformance";
const columns = {
	key: "title",
	text: "txt1",
	long: "lng1",
	number: "num1",
	day: "day1",
	instant: "ins1",
	choice: "cho1",
};

const properties: PropertySeed[] = [
	{ id: columns.key, name: "Key", type: "title" },
	{ id: columns.text, name: "Text", type: "rich_text" },
	{ id: columns.long, name: "Long", type: "rich_text" },
	{ id: columns.number, name: "Number", type: "number" },
	{ id: columns.day, name: "Day", type: "date" },
	{ id: columns.instant, name: "Instant", type: "date" },
	{ id: columns.choice, name: "Choice", type: "select", options: ["Red"] },
];
const database: DatabaseSeed = {
	id: containerId,
	name: "Conformance",
	dataSources: [{ id: tableId, name: "Rows", properties }],
};

/** What signs the notices of the simulator that was made last. */
let webhookSecret: string | null = null;

async function createWatched(noticeUrl: string): Promise<WatchedSimulator> {
	const { control, ...simulator } = await createControlled();
	const subscription = control.subscribe(noticeUrl);
	webhookSecret = subscription.verificationToken;
	const pageId = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
	return {
		...simulator,
		editAsPerson: (id) => control.editRow(pageId(id), {}),
		removeAsPerson: (id) => control.editRow(pageId(id), {}, true),
		noticesSettled: () => subscription.settled(),
	};
}

async function createSimulator(): Promise<ConformanceSimulator> {
	const { control: _, ...simulator } = await createControlled();
	return simulator;
}

async function createControlled(): Promise<ConformanceSimulator & { control: SimulatorControl }> {
	const { url, control, stop } = await startNotionSimulator({ databases: [database], tokens: [{ token }] });
	control.set({ requestsPerMinute: null });
	return {
		url,
		control,
		credential: { token },
		table: { containerId, tableId, columns },
		rows: () => control.pages(tableId).map(({ values }) => cellsOf(control.dataSource(tableId).properties, values)),
		plant: (cells) => void control.addRow(tableId, writtenAs(cells)),
		fail: (fault) => void control.plan({ path: "/v1/pages", effect: effectOf(fault) }),
		revokeCredential: () => control.revoke(),
		withdrawPermission: () => control.set({ mayWrite: false }),
		removeColumn: (part) => control.removeProperty(tableId, columns[part]),
		stop,
	};
}

function cellsOf(kept: readonly PropertySeed[], values: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const cells = kept.map(({ id, type }) => [id, cellOf({ id, type, [type]: values[id] })] as const);
	return Object.fromEntries(cells.filter(([, cell]) => cell !== undefined));
}

function writtenAs(cells: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		properties
			.filter(({ id }) => id in cells)
			.map(({ id, name, type }) => {
				const column: TableField = { id, name, type: "text", providerType: type, writable: true, matchable: true };
				return [id, propertyValue(column, cells[id])];
			}),
	);
}

describeConformance({
	name: "Notion",
	createSimulator,
	createUnlimitedSimulator: createSimulator,
	createConnector: ({ url }) =>
		createNotionConnector({ apiUrl: url, client: null, webhookSecret: null, settleMs: 15_000 }),
	watched: {
		createSimulator: createWatched,
		createConnector: ({ url }) => createNotionConnector({ apiUrl: url, client: null, webhookSecret }),
	},
	oneDateType: { reason: "A date property holds days and instants, and shows a time where there is one." },
	rowByRow: { reason: "There is no request for several rows, so the good rows of a batch stay written." },
});
