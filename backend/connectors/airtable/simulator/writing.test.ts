import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { properties } from "./json-values.ts";
import { asker, openScene, type Scene, tablePath } from "./test-scene.ts";

let scene: Scene | undefined;
beforeEach(async () => {
	await scene?.stop();
	scene = await openScene();
});
afterAll(() => scene?.stop());

const ask: Scene["ask"] = (method, path, body) => {
	if (scene === undefined) throw new Error("no scene");
	return scene.ask(method, path, body);
};
const rows = () => scene?.control.rows("appEverything0000", "All types") ?? [];
const create = (fields: Record<string, unknown>, more: Record<string, unknown> = {}) =>
	ask("POST", tablePath, { fields, ...more });
const upsert = (records: unknown[], fieldsToMergeOn: unknown = ["Key"]) =>
	ask("PATCH", tablePath, { performUpsert: { fieldsToMergeOn }, records });
const errorType = (reply: { json: unknown }) => properties(properties(reply.json).error).type;

describe("CON-2: values by column type", () => {
	const taken: [column: string, value: unknown, kept: unknown][] = [
		["Key", "x", "x"],
		["Long", "a\nb 👋 שלום", "a\nb 👋 שלום"],
		["Rich", "**x**", "**x**"],
		["URL", "https://a.test/", "https://a.test/"],
		["Number", -1.5, -1.5],
		["Price", 9.99, 9.99],
		["Percent", 0.5, 0.5],
		["Duration", 90, 90],
		["Rating", 5, 5],
		["Check", true, true],
		["Select", "Red", "Red"],
		["Tags", ["design", "paper"], ["design", "paper"]],
		["Date", "2024-02-29", "2024-02-29"],
		["Date and time", "2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.000Z"],
		["Code", { text: "4006381333931" }, { text: "4006381333931" }],
		["Person", { id: "usrX" }, { id: "usrX" }],
	];
	test.each(taken)("%s takes %p", async (column, value, kept) => {
		expect(await create({ [column]: value })).toMatchObject({ status: 200, json: { fields: { [column]: kept } } });
	});

	const refused: [column: string, value: unknown, type: string][] = [
		["Key", 1, "INVALID_VALUE_FOR_COLUMN"],
		["Long", "x".repeat(100_001), "INVALID_VALUE_FOR_COLUMN"],
		["Number", "1", "INVALID_VALUE_FOR_COLUMN"],
		["Price", "9.99 €", "INVALID_VALUE_FOR_COLUMN"],
		["Rating", 6, "INVALID_VALUE_FOR_COLUMN"],
		["Rating", 4.5, "INVALID_VALUE_FOR_COLUMN"],
		["Check", "true", "INVALID_VALUE_FOR_COLUMN"],
		["Select", "Green", "INVALID_MULTIPLE_CHOICE_OPTIONS"],
		["Tags", ["design", "new"], "INVALID_MULTIPLE_CHOICE_OPTIONS"],
		["Tags", "design", "INVALID_VALUE_FOR_COLUMN"],
		["Date", "2026-02-30", "INVALID_VALUE_FOR_COLUMN"],
		["Date", "2026-01-02T00:00:00Z", "INVALID_VALUE_FOR_COLUMN"],
		["Date and time", "2026-01-02", "INVALID_VALUE_FOR_COLUMN"],
		["Files", ["https://a.test/x.png"], "INVALID_ATTACHMENT_OBJECT"],
		["Files", [{ url: "ftp://a.test/x" }], "INVALID_ATTACHMENT_OBJECT"],
		["Links", ["recMissing0000000"], "ROW_DOES_NOT_EXIST"],
		["Links", ["some name"], "INVALID_RECORD_ID"],
		["Code", "4006381333931", "INVALID_VALUE_FOR_COLUMN"],
		["Formula", "x", "INVALID_VALUE_FOR_COLUMN"],
		["Auto", 1, "INVALID_VALUE_FOR_COLUMN"],
		["No such column", "x", "UNKNOWN_FIELD_NAME"],
	];
	test.each(refused)("%s refuses %p", async (column, value, type) => {
		const reply = await create({ Key: "k", [column]: value });
		expect(reply.status).toBe(422);
		expect(errorType(reply)).toBe(type);
		expect(rows()).toEqual([]);
	});

	test("attachments keep their address under an id of their own", async () => {
		await create({ Files: [{ url: "https://a.test/pic.png" }] });
		expect(rows()[0]?.cells.Files).toEqual([
			{ id: expect.stringMatching(/^att\w{14}$/), url: "https://a.test/pic.png", filename: "pic.png" },
		]);
	});

	test("empty cells are left out, whatever kind of empty they are", async () => {
		await create({ Key: "k", Long: "", Tags: [], Check: false, Number: null });
		expect(rows()[0]?.cells).toEqual({ Key: "k" });
	});

	test("typecast parses text, makes missing choices for those who may, and empties what it cannot parse", async () => {
		await create({ Key: 7, Number: "1.50", Select: "Green", Tags: "a, design", Date: "nonsense" }, { typecast: true });
		expect(rows()[0]?.cells).toEqual({ Key: "7", Number: 1.5, Select: "Green", Tags: ["a", "design"] });
		scene?.control.addToken({ token: "patEditor", permissionLevel: "edit" });
		const editor = asker(scene?.url ?? "", "patEditor");
		expect(errorType(await editor("POST", tablePath, { fields: { Select: "Mauve" }, typecast: true }))).toBe(
			"INVALID_MULTIPLE_CHOICE_OPTIONS",
		);
	});
});

describe("CON-2: create, update, delete", () => {
	test("one request takes ten rows and no more, and all of them or none", async () => {
		const ten = Array.from({ length: 10 }, (_, index) => ({ fields: { Key: `k${index}` } }));
		expect((await ask("POST", tablePath, { records: ten })).status).toBe(200);
		const eleven = await ask("POST", tablePath, { records: [...ten, { fields: { Key: "k10" } }] });
		expect([eleven.status, errorType(eleven)]).toEqual([422, "INVALID_RECORDS"]);
		const mixed = await ask("POST", tablePath, {
			records: [{ fields: { Key: "good" } }, { fields: { Number: "bad" } }],
		});
		expect(mixed.status).toBe(422);
		expect(rows()).toHaveLength(10);
	});

	test("PATCH leaves the cells it does not name, PUT clears them", async () => {
		await create({ Key: "k", Long: "l" });
		const id = rows()[0]?.id;
		await ask("PATCH", `${tablePath}/${id}`, { fields: { Number: 1 } });
		expect(rows()[0]?.cells).toEqual({ Key: "k", Long: "l", Number: 1 });
		await ask("PUT", tablePath, { records: [{ id, fields: { Key: "z" } }] });
		expect(rows()[0]?.cells).toEqual({ Key: "z" });
	});

	test("rows are deleted one by one or in a batch", async () => {
		for (const key of ["a", "b", "c"]) await create({ Key: key });
		const [a, b, c] = rows().map((row) => row.id);
		expect((await ask("DELETE", `${tablePath}/${a}`)).json).toEqual({ id: a, deleted: true });
		expect((await ask("DELETE", `${tablePath}?records[]=${b}&records[]=${c}`)).status).toBe(200);
		expect(rows()).toEqual([]);
	});

	test("a body that is no JSON is refused", async () => {
		expect((await ask("POST", tablePath, "{half")).status).toBe(400);
	});
});

describe("SYNC-3: upserts", () => {
	test("no match creates, one match updates, and the reply says which", async () => {
		const first = await upsert([{ fields: { Key: "a", Number: 1 } }, { fields: { Key: "b" } }]);
		expect(first.json).toMatchObject({ createdRecords: [{}, {}].map(() => expect.any(String)), updatedRecords: [] });
		const second = await upsert([{ fields: { Key: "a", Number: 2 } }]);
		expect(second.json).toMatchObject({ createdRecords: [], updatedRecords: [rows()[0]?.id] });
		expect(rows().map((row) => row.cells)).toEqual([{ Key: "a", Number: 2 }, { Key: "b" }]);
		expect(scene?.control.upserts()).toHaveLength(2);
	});

	test("more than one match fails the whole request", async () => {
		for (let twice = 0; twice < 2; twice += 1) await create({ Key: "same" });
		const reply = await upsert([{ fields: { Key: "fresh" } }, { fields: { Key: "same" } }]);
		expect([reply.status, errorType(reply)]).toEqual([422, "INVALID_RECORDS"]);
		expect(rows()).toHaveLength(2);
	});

	test("two items with one key make two rows: the worst that Airtable leaves open", async () => {
		await upsert([{ fields: { Key: "twin" } }, { fields: { Key: "twin" } }]);
		expect(rows()).toHaveLength(2);
	});

	test("one to three plain columns can be merged on", async () => {
		const record = { fields: { Key: "k", Number: 1, Date: "2026-01-02", URL: "https://a.test/" } };
		expect((await upsert([record], ["Key", "Number", "Date"])).status).toBe(200);
		expect((await upsert([record], ["fldUrl00000000000"])).status).toBe(200);
		expect(rows()).toHaveLength(1);
		for (const columns of [[], ["Key", "Number", "Date", "URL"], ["Formula"], ["Check"], ["Files"], "Key"]) {
			expect((await upsert([record], columns)).status).toBe(422);
		}
		expect(errorType(await upsert([record], ["Nowhere"]))).toBe("UNKNOWN_FIELD_NAME");
		expect(errorType(await upsert([{ fields: { Long: "x" } }]))).toBe("INVALID_REQUEST_MISSING_FIELDS");
	});

	test("an item with an id skips the match and has to exist", async () => {
		await create({ Key: "a" });
		expect((await upsert([{ id: rows()[0]?.id, fields: { Key: "b" } }])).status).toBe(200);
		expect(errorType(await upsert([{ id: "recMissing0000000", fields: { Key: "b" } }]))).toBe("ROW_DOES_NOT_EXIST");
	});
});
