import type {
	Connector,
	ConnectorCall,
	ConnectorFailure,
	ConnectorManifest,
	ConnectorResult,
	Identity,
	PushResult,
	PushRow,
	PushTarget,
	RemoteRow,
	WantedRows,
} from "../connectors/connector.ts";
import { testColumns } from "../targets/test-target.ts";

export type TestConnector = {
	connector: Connector;
	/** The provider's rows: table → match key's cells → cells. An upsert as providers do it. */
	rows(tableId?: string): Map<string, Record<string, unknown>>;
	/** Every request in the order it came in, with the cells of its rows. */
	requests: { at: number; target: PushTarget; rows: readonly PushRow[] }[];
	/** The rows that were to be removed, request by request. */
	removals: (readonly string[])[];
	/** What was looked up, and when everything there was last changed. */
	reads: WantedRows[];
	changedAt: string | null;
	/** How often a key was created; more than once is a doubled row. */
	created: Map<string, number>;
	/** Runs before the provider does anything; what it answers is the result instead. */
	onPush: (rows: readonly PushRow[], target: PushTarget) => Promise<PushResult | null>;
	/** Runs after the provider has done it; what it answers is the result instead. */
	afterPush: (rows: readonly PushRow[]) => Promise<PushResult | null>;
	/** Runs before the provider removes anything; what it answers is the result instead. */
	onRemove: (remoteIds: readonly string[]) => Promise<ConnectorFailure | null>;
};

/** A provider in memory behind the real interface, which a test scripts. Fast: its budget never makes a test wait. */
export function createTestConnector(limits: Partial<ConnectorManifest["limits"]> = {}): TestConnector {
	const tables = new Map<string, Map<string, Record<string, unknown>>>();
	const tableOf = (id: string) => {
		const table = tables.get(id) ?? new Map<string, Record<string, unknown>>();
		tables.set(id, table);
		return table;
	};
	const test: TestConnector = {
		rows: (tableId = "table1") => tableOf(tableId),
		requests: [],
		removals: [],
		reads: [],
		changedAt: null,
		created: new Map(),
		onPush: async () => null,
		afterPush: async () => null,
		onRemove: async () => null,
		connector: {
			manifest: manifestWith(limits),
			identify: async ({ credential }) => identityOf(credential.token ?? ""),
			discover: async () => ({
				kind: "ok",
				value: [
					{ id: "table1", name: "Table", container: { id: "base1", name: "Base" }, fields: testColumns },
					{ id: "table2", name: "Other", container: { id: "base2", name: "Second" }, fields: testColumns },
				],
			}),
			coerce: ({ value, type }, column) =>
				column.type === "number" && type !== "number"
					? { ok: false, message: `“${column.name}” takes a number.` }
					: { ok: true, cell: value },
			remoteUrl: (_target, remoteId) => `https://provider.test/${remoteId}`,
			push: async (call, target, rows) => {
				if (!(await leaves(call, "POST"))) return unreachable;
				test.requests.push({ at: performance.now(), target, rows });
				const instead = await test.onPush(rows, target);
				if (instead !== null) return instead;
				const upserted = rows.map((row) => upsert(test, target, row));
				return (await test.afterPush(rows)) ?? { kind: "pushed", rows: upserted };
			},
			read: async (call, target, wanted) => {
				if (!(await leaves(call, "GET"))) return unreachable;
				return { kind: "ok", value: lookUp(test, target, wanted) };
			},
			remove: async (call, target, remoteIds) =>
				(await leaves(call, "DELETE")) ? await remove(test, target, remoteIds) : unreachable,
		},
	};
	return test;
}

async function leaves({ http, signal }: ConnectorCall, method: "GET" | "POST" | "DELETE"): Promise<boolean> {
	return (await http({ method, url: "https://provider.test/rows", signal })).kind === "answered";
}

const unreachable: ConnectorFailure = {
	kind: "later",
	afterMs: 0,
	reason: "delivery/provider-unreachable",
	message: "The provider cannot be reached.",
	countsAgainstBudget: false,
};

function lookUp(test: TestConnector, { tableId, matchKey }: PushTarget, wanted: WantedRows): RemoteRow[] {
	test.reads.push(wanted);
	const keyOf = (cells: Readonly<Record<string, unknown>>) => matchKey.map((id) => String(cells[id])).join("|");
	return [...test.rows(tableId)].flatMap(([key, cells]): RemoteRow[] => {
		const isWanted =
			wanted.by === "key"
				? wanted.keys.some((each) => keyOf(each) === keyOf(cells))
				: wanted.ids.includes(`row-${key}`);
		return isWanted ? [{ remoteId: `row-${key}`, cells, changedAt: test.changedAt }] : [];
	});
}

async function remove(test: TestConnector, { tableId }: PushTarget, remoteIds: readonly string[]) {
	test.removals.push(remoteIds);
	const instead = await test.onRemove(remoteIds);
	if (instead !== null) return instead;
	for (const remoteId of remoteIds) test.rows(tableId).delete(remoteId.slice("row-".length));
	return { kind: "ok" as const, value: { removed: [...remoteIds] } };
}

function upsert(test: TestConnector, { tableId, matchKey }: PushTarget, { ref, cells, remoteId }: PushRow) {
	const table = test.rows(tableId);
	const known = [...table.keys()].find((each) => `row-${each}` === remoteId);
	const key = known ?? matchKey.map((columnId) => String(cells[columnId])).join("|");
	const before = table.get(key);
	if (before === undefined) test.created.set(key, (test.created.get(key) ?? 0) + 1);
	table.set(key, { ...before, ...cells });
	return { ref, remoteId: `row-${key}`, created: before === undefined };
}

function manifestWith(limits: Partial<ConnectorManifest["limits"]>): ConnectorManifest {
	return {
		id: "scripted",
		title: "Scripted",
		summary: "A provider of tests.",
		icon: "",
		ways: ["token"],
		form: [{ name: "token", label: "Token", kind: "secret" }],
		requiredScopes: ["write"],
		limits: { recordsPerRequest: 10, requestsPerSecond: 1_000, penaltyMs: 1_000, ...limits },
		budgetScope: ({ containerId, connectionId }) => `scripted:${connectionId}:${containerId}`,
	};
}

/** The token says what it is good for: "bad" is refused, "weak" lacks the scope to write. */
function identityOf(token: string): ConnectorResult<Identity> {
	if (token === "bad") {
		return { kind: "reconnect", reason: "connections/credential-refused", message: "The token was refused." };
	}
	const scopes = token === "weak" ? [] : ["write"];
	const missingScopes = token === "weak" ? ["write"] : [];
	return { kind: "ok", value: { accountId: "acc", label: "someone@example.test", scopes, missingScopes } };
}
