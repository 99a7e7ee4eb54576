import { afterEach, describe, expect, test } from "bun:test";
import type { PushRow } from "../connector.ts";
import { namedRows, sheetIn } from "./simulator/control.ts";
import { cellAt, type SheetSeed, setCell } from "./simulator/state.ts";
import { fileId, openConnector, sceneFile } from "./test-scene.ts";

const plainTab: SheetSeed = {
	sheetId: 0,
	title: "People & places",
	cells: [
		["Name", null, "Age", "Notes", "Twice", "Twice"],
		["Ada", null, 36, "first"],
		["Grace", null, 45, "second"],
	],
};

type Opened = Awaited<ReturnType<typeof openConnector>>;
let opened: Opened | undefined;
afterEach(async () => await opened?.simulator.stop());

async function open(tab: SheetSeed = plainTab) {
	opened = await openConnector([{ ...sceneFile, sheets: [tab] }]);
	const { connector, call, simulator } = opened;
	const target = await opened.target("0", ["Name"]);
	const sheet = () => sheetIn(simulator.world, { file: fileId, sheetId: 0 });
	const push = (...rows: PushRow[]) => connector.push(call(), target, rows);
	return { ...opened, target, sheet, push, rows: () => namedRows(sheet()) };
}

const idOf = (result: Awaited<ReturnType<Opened["connector"]["push"]>>) =>
	result.kind === "pushed" ? (result.rows[0]?.remoteId ?? "") : "";

describe("CON-2: headings are columns", () => {
	test("blank ones name nothing, one that is there twice cannot be chosen", async () => {
		const { target } = await open();
		expect(target.columns.map(({ name, writable }) => [name, writable])).toEqual([
			["Name", true],
			["Age", true],
			["Notes", true],
			["Twice", false],
		]);
	});

	test("a heading that was changed is named, and nothing is written", async () => {
		const { push, sheet, rows } = await open();
		setCell(sheet(), { row: 0, column: 2, cell: "Years" });
		const result = await push({ ref: "a", cells: { Name: "Ada", Age: 37 } });
		expect(result).toMatchObject({ kind: "mend_target", reason: "delivery/column-missing" });
		expect(result.kind === "mend_target" ? result.message : "").toContain("“Age”");
		expect(rows()[0]).toMatchObject({ Years: 36 });
	});

	test("a column that was moved and a tab that was renamed are the same still", async () => {
		const { push, sheet, rows } = await open();
		sheet().title = "Renamed";
		for (const row of [0, 1, 2]) {
			const [age, notes] = [cellAt(sheet(), row, 2), cellAt(sheet(), row, 3)];
			setCell(sheet(), { row, column: 2, cell: notes });
			setCell(sheet(), { row, column: 3, cell: age });
		}
		await push({ ref: "a", cells: { Name: "Ada", Age: 37 } });
		expect(rows()[0]).toEqual({ Name: "Ada", Age: 37, Notes: "first" });
	});

	test("an account that sees no spreadsheet gets one, once", async () => {
		opened = await openConnector([]);
		const [first] = await opened.discover();
		expect(first).toMatchObject({ name: "Records", container: { name: "Sheaf" } });
		expect(first?.fields.map(({ name }) => name)).toEqual(["URL", "Title", "Description", "Saved"]);
		expect(await opened.discover()).toHaveLength(1);
	});
});

describe("SYNC-3: rows move", () => {
	test("a row is found again after people sorted, and only what was sent is touched", async () => {
		const { push, sheet, rows, connector, call, target } = await open();
		const remoteId = idOf(await push({ ref: "a", cells: { Name: "Ada", Age: 37 } }));
		expect(connector.remoteUrl(target, remoteId)).toBe(
			`https://docs.google.com/spreadsheets/d/${fileId}/edit#gid=0&range=2:2`,
		);
		const [first, second] = [sheet().rows.get(1), sheet().rows.get(2)];
		if (first === undefined || second === undefined) throw new Error("The rows are gone.");
		sheet().rows.set(1, second);
		sheet().rows.set(2, first);
		const after = idOf(await push({ ref: "a", remoteId, cells: { Name: "Ada", Age: 38 } }));
		expect(rows()).toEqual([
			{ Name: "Grace", Age: 45, Notes: "second" },
			{ Name: "Ada", Age: 38, Notes: "first" },
		]);
		expect(connector.remoteUrl(target, after)).toEndWith("range=3:3");
		const found = await connector.read?.(call(), target, { by: "id", ids: [remoteId] });
		expect(found).toMatchObject({ kind: "ok", value: [{ remoteId, cells: { Age: 38 } }] });
	});

	test("a number that somebody typed and a text that was captured are one key", async () => {
		const { push, rows } = await open({
			...plainTab,
			cells: [
				["Name", "Age"],
				[12, 1],
			],
		});
		await push({ ref: "a", cells: { Name: "12", Age: 2 } });
		expect(rows()).toEqual([{ Name: "12", Age: 2 }]);
	});

	test("new rows go below a note that somebody left beside the table", async () => {
		const { push, sheet, rows } = await open();
		setCell(sheet(), { row: 9, column: 3, cell: "my note" });
		await push({ ref: "a", cells: { Name: "Mary" } });
		expect(rows().slice(2)).toEqual([{ Notes: "my note" }, { Name: "Mary" }]);
	});
});

describe("SEC-2: what a page says is never run", () => {
	test.each(["=IMPORTXML(A1)", "+1", "-1+2", "@SUM(A1)", "'quoted"])("%s stays a text", async (text) => {
		const { push, rows } = await open();
		await push({ ref: "a", cells: { Name: "Ada", Notes: text } });
		expect(rows()[0]?.Notes).toBe(text);
	});
});

describe("SYNC-4: what Google refuses", () => {
	test("a protected row, and nothing of the batch is written", async () => {
		const { push, rows } = await open({ ...plainTab, protectedRows: [2] });
		const cells = (Name: string) => ({ Name, Age: 1 });
		const result = await push({ ref: "a", cells: cells("Ada") }, { ref: "b", cells: cells("Grace") });
		expect(result).toMatchObject({ kind: "mend_target", reason: "delivery/permission-lost" });
		expect(rows()[0]).toMatchObject({ Age: 36 });
	});

	test("a file that is full, a tab that is gone, a file that is gone", async () => {
		const { push, sheet, simulator } = await open({ ...plainTab, rowCount: 3, columnCount: 3_333_333 });
		const mary = { ref: "a", cells: { Name: "Mary" } };
		expect(await push(mary)).toMatchObject({ kind: "mend_target", reason: "delivery/quota-exhausted" });
		sheet().sheetId = 5;
		expect(await push(mary)).toMatchObject({ kind: "mend_target", reason: "delivery/table-missing" });
		simulator.world.files.delete(fileId);
		expect(await push(mary)).toMatchObject({ kind: "mend_target", reason: "delivery/table-missing" });
	});

	test("too many requests in a minute wait for the next one", async () => {
		const { push, simulator } = await open();
		const ada = { ref: "a", cells: { Name: "Ada" } };
		simulator.world.quotas.settings.writesPerUser = 1;
		expect(await push(ada)).toMatchObject({ kind: "pushed" });
		expect(await push(ada)).toMatchObject({ kind: "later", afterMs: 60_000, countsAgainstBudget: true });
		simulator.world.quotas.now = () => 60_000;
		expect(await push(ada)).toMatchObject({ kind: "pushed" });
	});
});

describe("CON-2: rows are offered", () => {
	test("by a text of their first column, over the whole tab", async () => {
		const { connector, call, target } = await open();
		const found = await connector.searchRows?.(call(), target, "gRA");
		expect(found).toMatchObject({ kind: "ok", value: [{ label: "Grace" }] });
	});

	test("a column that is there already is not made twice", async () => {
		const { connector, call, target, sheet } = await open();
		const columns = [
			{ name: "Age", type: "number" as const },
			{ name: "City", type: "text" as const },
		];
		for (let twice = 0; twice < 2; twice += 1) {
			expect(await connector.createColumns?.(call(), target, columns)).toMatchObject({
				kind: "ok",
				value: [{ id: "Age" }, { id: "City" }],
			});
		}
		expect(cellAt(sheet(), 0, 6)).toBe("City");
		expect(cellAt(sheet(), 0, 7)).toBeNull();
	});
});
