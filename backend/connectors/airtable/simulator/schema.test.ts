import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { asker, basePath, openScene, type Scene, tablePath } from "./test-scene.ts";

let scene: Scene;
let build: Scene["ask"];
beforeAll(async () => {
	scene = await openScene();
	scene.control.addToken({ token: "patBuilder", scopes: ["schema.bases:read", "schema.bases:write"] });
	build = asker(scene.url, "patBuilder");
});
afterAll(() => scene.stop());

const fields = "/v0/meta/bases/appEverything0000/tables/tblEverything0000/fields";
const refused = (type: string) => ({ status: 422, json: { error: { type } } });

describe("CON-4: making fields", () => {
	const wrong: [body: Record<string, unknown>, type: string][] = [
		[{ name: "key", type: "singleLineText" }, "DUPLICATE_OR_EMPTY_FIELD_NAME"],
		[{ name: " ", type: "singleLineText" }, "DUPLICATE_OR_EMPTY_FIELD_NAME"],
		[{ name: "F", type: "formula" }, "UNSUPPORTED_FIELD_TYPE_FOR_CREATE"],
		[{ name: "N", type: "number" }, "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE"],
		[{ name: "N", type: "number", options: { precision: 9 } }, "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE"],
		[{ name: "T", type: "singleLineText", options: {} }, "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE"],
		[
			{ name: "S", type: "singleSelect", options: { choices: [{ name: "a" }, { name: "a" }] } },
			"INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE",
		],
		[
			{ name: "L", type: "multipleRecordLinks", options: { linkedTableId: "tblMissing" } },
			"INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE",
		],
		[{ name: "X" }, "INVALID_REQUEST_UNKNOWN"],
	];
	test.each(wrong)("%j is refused as %s", async (body, type) => {
		expect(await build("POST", fields, body)).toMatchObject(refused(type));
	});

	test("takes the scope and the right to change the base", async () => {
		expect((await scene.ask("POST", fields, { name: "New", type: "url" })).status).toBe(403);
		const made = await build("POST", fields, { name: "New", type: "url" });
		expect(made).toMatchObject({ status: 200, json: { id: expect.stringMatching(/^fld/), name: "New", type: "url" } });
	});
});

describe("CON-4: uploading a file", () => {
	test("takes base64, a name and a type, into an attachment field of a row that is there", async () => {
		const id = scene.control.addRow({ baseId: "appEverything0000", table: "All types", cells: {} });
		const body = { contentType: "text/plain", filename: "a.txt", file: Buffer.from("hello").toString("base64") };
		const to = (field: string, row = id) => `${basePath}/${row}/${field}/uploadAttachment`;
		expect(await scene.ask("POST", to("fldFiles000000000"), body)).toMatchObject({
			status: 200,
			json: { id, fields: { fldFiles000000000: [{ filename: "a.txt", size: 5 }] } },
		});
		expect((await scene.ask("POST", to("fldKey00000000000"), body)).status).toBe(422);
		expect((await scene.ask("POST", to("fldFiles000000000", "recMissing"), body)).status).toBe(403);
		for (const change of [{ file: "no base64!" }, { file: "" }, { filename: "" }, { contentType: undefined }]) {
			expect((await scene.ask("POST", to("fldFiles000000000"), { ...body, ...change })).status).toBe(422);
		}
	});
});

describe("CON-4: formulas", () => {
	const formulas: [formula: string, keys: string[]][] = [
		['{Key}="b"', ["b"]],
		["{Key} != 'b'", ["a", 'q"}\n']],
		['OR({Number}=1, {Number}>2, LOWER("X"&"y")="z")', ["a", 'q"}\n']],
		['AND({Key}!="a", NOT_A_FUNCTION(1))', []],
		["{Number}=-1", []],
		['{Key}="q\\"}\\n"', ['q"}\n']],
		['FIND("B", {Key})', []],
		['SEARCH("B", {Key}&"")', ["b"]],
		['DATETIME_FORMAT({Date}, "YYYY-MM-DD")="2026-01-02"', ["b"]],
		["{Date}=BLANK()", ["a", 'q"}\n']],
		["{fldKey00000000000}='a'", []],
	];
	beforeAll(() => {
		const rows = [
			{ Key: "a", Number: 1 },
			{ Key: "b", Number: 2, Date: "2026-01-02" },
			{ Key: 'q"}\n', Number: 3 },
		];
		scene.control.addBase({
			id: "appFormulas000000",
			name: "Formulas",
			tables: [
				{
					name: "Rows",
					fields: [
						{ id: "fldKey00000000000", name: "Key", type: "singleLineText" },
						{ name: "Number", type: "number" },
						{ name: "Date", type: "date" },
					],
					rows,
				},
			],
		});
	});
	test.each(formulas)("%s", async (formula, keys) => {
		const reply = await scene.ask("POST", "/v0/appFormulas000000/Rows/listRecords", { filterByFormula: formula });
		const isRefused = formula.includes("NOT_A") || formula.includes("fldKey");
		expect(reply).toMatchObject(
			isRefused
				? refused("INVALID_FILTER_BY_FORMULA")
				: { status: 200, json: { records: keys.map((Key) => ({ fields: { Key } })) } },
		);
	});

	test("what is no formula is refused, also where there is no row", async () => {
		for (const formula of ["(", '{Key}="', "OR({Key},", "{Nowhere}=1", "1 2"]) {
			const reply = await scene.ask("POST", `${tablePath}/listRecords`, { filterByFormula: formula });
			expect(reply).toMatchObject(refused("INVALID_FILTER_BY_FORMULA"));
		}
	});
});
