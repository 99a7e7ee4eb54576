import { expect, test } from "bun:test";
import type { SelectionRun, SelectionView } from "../../../../backend/contract/selections.ts";
import { pickedFacts, runFacts, selectionRhythm } from "../../words/selections.ts";
import { concernsSelections, namesOf, selectionState } from "./selection-state.ts";

const run = (more: Partial<SelectionRun> = {}): SelectionRun => ({
	id: "r-1",
	cause: "manual",
	status: "done",
	total: null,
	listed: 0,
	added: 0,
	changed: 0,
	unchanged: 0,
	gone: 0,
	failed: 0,
	problem: null,
	createdAt: "2026-01-01T00:00:00.000Z",
	finishedAt: null,
	...more,
});

const selection = (more: Partial<SelectionView> = {}): SelectionView => ({
	id: "s-1",
	name: "Campaigns",
	connectionId: "c-1",
	provider: "postgres",
	place: { containerId: "", tableId: "orders" },
	tableName: "orders",
	targetId: "t-1",
	filter: [],
	search: null,
	columns: null,
	mode: "all",
	rowIds: [],
	gone: "tell",
	frequency: "manual",
	schedule: null,
	paused: false,
	problem: null,
	rows: { present: 0, gone: 0, failed: 0 },
	lastRun: null,
	nextRunAt: null,
	createdAt: "2026-01-01T00:00:00.000Z",
	updatedAt: "2026-01-01T00:00:00.000Z",
	...more,
});

const problem = { code: "connections/disconnected", message: "Gone.", action: "reconnect" } as const;

test.each([
	["new", selection()],
	["running", selection({ lastRun: run({ status: "running" }), paused: true })],
	["waiting", selection({ lastRun: run({ status: "running", problem }) })],
	["needs_you", selection({ problem, paused: true, lastRun: run({ status: "failed", problem }) })],
	["paused", selection({ paused: true, frequency: "daily", lastRun: run() })],
	["kept", selection({ frequency: "daily" })],
	["done", selection({ lastRun: run({ status: "stopped" }) })],
] as const)("J6: a selection says first that it is %s", (state, view) => {
	expect(selectionState(view)).toBe(state);
});

test("J6: what is picked is said fact by fact", () => {
	expect(pickedFacts(selection())).toEqual(["every row", "all columns"]);
	expect(pickedFacts(selection({ rowIds: ["a"], search: "tea", columns: ["c1", "c2"] }))).toEqual([
		"every row but 1",
		"with “tea” in it",
		"2 columns",
	]);
	const filter = [{ column: "c1", op: "is", value: "x" }] as const;
	expect(pickedFacts(selection({ mode: "chosen", rowIds: ["a", "b"], filter: [...filter] }))).toEqual([
		"2 chosen rows",
		"1 condition",
		"all columns",
	]);
	const column = { id: "c1", name: "Status", type: "text", providerType: "", key: false, searchable: true } as const;
	const known = [{ ...column, operators: [] }];
	const conditions = [...filter, { column: "c1", op: "empty" as const }];
	expect(pickedFacts(selection({ filter: conditions }), known)).toEqual([
		"every row",
		"Status is x",
		"Status is empty",
		"all columns",
	]);
});

test("J6: a run says how far it is, or what it found, and nothing of what there was none of", () => {
	expect(runFacts(run({ added: 1, changed: 2, gone: 3, failed: 4, unchanged: 5 }))).toEqual([
		"1 new",
		"2 changed",
		"3 gone",
		"4 not taken in",
		"5 the same",
	]);
	expect(runFacts(run())).toEqual(["No row was found."]);
	expect(runFacts(run({ status: "running", listed: 500, added: 2, total: { count: 9_000, exact: false } }))).toEqual([
		"500 of about 9,000 rows looked at",
		"2 new",
	]);
	expect(runFacts(run({ status: "running", listed: 1 }))).toEqual(["1 row looked at"]);
});

test("J6: when it runs is said for every rhythm", () => {
	const schedule = { timeZone: "UTC", at: "08:30", weekday: 1, cron: "0 9 * * *" };
	const said = (["manual", "hourly", "daily", "weekly", "cron"] as const).map((frequency) =>
		selectionRhythm({ frequency, schedule }),
	);
	expect(said).toEqual([
		"runs when you say so",
		"runs every hour at :30",
		"runs every day at 08:30",
		"runs every Monday at 08:30",
		"runs at 0 9 * * *",
	]);
});

test("LIVE-1: the list is read again for its own news, for what it hangs on, and where nobody knows what was missed", () => {
	const news = (lists: string[], gone: string[] = []) => ({ records: [], gone, lists });
	expect(concernsSelections(null)).toBe(true);
	expect(["selections", "connections", "targets"].map((list) => concernsSelections(news([list])))).toEqual([
		true,
		true,
		true,
	]);
	expect(concernsSelections(news([], ["r-1"]))).toBe(true);
	expect(concernsSelections(news(["bulk_operations"]))).toBe(false);
});

test("J7: what hangs on an account is called by name, and not told of before it is known", () => {
	const remote = { state: "ready", value: [selection(), selection({ name: "Orders", targetId: null })] } as const;
	expect(namesOf({ ...remote, value: [...remote.value] }, () => true)).toBe("Campaigns, Orders");
	expect(namesOf({ ...remote, value: [...remote.value] }, ({ targetId }) => targetId === "t-2")).toBeNull();
	expect(namesOf({ state: "loading" }, () => true)).toBeNull();
});
