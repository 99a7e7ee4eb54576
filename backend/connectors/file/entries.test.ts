import { describe, expect, test } from "bun:test";
import { bytesOf, type Encoded, FileScene, TestFile } from "./test-file.ts";

const named = (text: string, name = "things.json") => new FileScene(text, { name, chunkBytes: 16 });
const values = async (scene: FileScene, column: string) =>
	(await scene.all({ limit: 2 })).rows.map(({ fields }) => fields[column]?.value);

describe("CON-2: a list of entries in a file", () => {
	test("has the names of all its entries, also of the last, and their types", async () => {
		const scene = named(
			'[{"name":"Pen","price":1.5,"tags":["a","b"],"sold":"2024-02-29"},\n {"name":"Ink, \\"blue\\" ]}","price":2,"on sale":true,"link":"https://example.test/1"}]',
		);
		expect((await scene.columns()).map(({ name, type }) => [name, type])).toEqual([
			["name", "text"],
			["price", "number"],
			["tags", "list"],
			["sold", "date"],
			["on sale", "boolean"],
			["link", "url"],
		]);
		const { rows } = await scene.all();
		expect(rows[0]?.fields["tags"]).toEqual({ type: "list", value: ["a", "b"] });
		expect(rows[1]?.fields["name"]?.value).toBe('Ink, "blue" ]}');
	});

	test("what lies one level deeper has both names, and what lies deeper is written out", async () => {
		const scene = named('[{"id":1,"at":{"city":"Bern","geo":{"lat":46.9}},"parts":[{"n":1},{"n":2}]}]');
		expect((await scene.columns()).map(({ name }) => name)).toEqual(["id", "at.city", "at.geo", "parts"]);
		expect(await scene.cells()).toEqual([["1", "Bern", '{"lat":46.9}', '[{"n":1},{"n":2}]']]);
	});

	test.each([
		['{"count":2,"tags":["x"],"columns":[{"name":"n"}],"records":[{"n":1},{"n":2}],"more":[{"n":3}]}'],
		['{\n  "page": {"next": null},\n  "things": [\n    {"n": 1},\n    {"n": 2}\n  ]\n}'],
		['{"n":1}\n{"n":2}'],
		['\n\n{"n":1}\r\n\r\n{"n":2}\r\n'],
		['{"n":1,"of":[{"m":1}]}\n{"n":2}'],
		['[{"n":1}{"n":2}]'],
		['  [ {"n":1} , {"n":2} ] and more'],
	])("is found in %j", async (text) => {
		expect(await values(named(text), "n")).toEqual([1, 2]);
	});

	test.each<[Encoded]>([["utf-8 with a mark"], ["utf-16le with a mark"], ["utf-16be"]])(
		"is read in %s",
		async (encoding) => {
			const file = new TestFile(bytesOf('[{"n":"é"},{"n":"ü"}]', encoding));
			expect(await values(new FileScene(file, { name: "a.json", chunkBytes: 3 }), "n")).toEqual(["é", "ü"]);
		},
	);

	test("a long id keeps its last figures, and a text that looks like one its own", async () => {
		const scene = named('[{"id":12345678901234567890,"t":"say \\"1\\": 99999999999999999"}]');
		expect(await scene.cells()).toEqual([["12345678901234567890", 'say "1": 99999999999999999']]);
	});

	test("a column that has a number here and a text there is one of texts", async () => {
		const scene = named('{"n":1}\n{"n":"two"}\n{"n":null}', "a.jsonl");
		expect(await scene.columns()).toMatchObject([{ name: "n", type: "text" }]);
		expect(await scene.cells()).toEqual([["1"], ["two"]]);
	});

	test("a bad line is told by its number, and the others go on", async () => {
		const scene = named('{"n":1}\n{"n":2\n\n[3]\n{"n":4}', "a.jsonl");
		const { rows, problems } = await scene.all({ limit: 1 });
		expect(rows.map(({ fields }) => fields["n"]?.value)).toEqual([1, 4]);
		expect(problems.map((problem) => problem.split(" is ")[0])).toEqual(["Line 2", "Line 4"]);
	});

	test("a bad first line does not hide the others", async () => {
		const { rows, problems } = await named('{"n":1\n{"n":2}\n', "a.jsonl").all();
		expect([rows.length, problems.length]).toEqual([1, 1]);
	});

	test("a list that is cut off says so, and what is whole is there", async () => {
		const { rows, problems } = await named('[\n{"n":1},\n{"n":2},\n{"n":').all();
		expect(rows).toHaveLength(2);
		expect(problems[0]).toStartWith("Line 4 is no complete entry");
	});
});

describe("CON-2: a file that is no table is refused in words", () => {
	const refusal = async (bytes: string | Uint8Array, name: string) => {
		const scene = new FileScene(new TestFile(typeof bytes === "string" ? bytesOf(bytes) : bytes), { name });
		return await scene.connector.identify(scene.call());
	};

	test.each([
		["", "a.csv", "empty"],
		[" \n\n ", "a.csv", "empty"],
		["[]", "a.json", "empty"],
		["[1,2]", "a.json", "no-entries"],
		['{"a":1', "a.json", "no-entries"],
		[`${"x,".repeat(600)}\n`, "a.csv", "too-many-columns"],
		[`[${Array.from({ length: 600 }, (_, at) => `{"c${at}":1}`).join(",")}]`, "a.json", "too-many-columns"],
		[Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 7, 9, 0, 0]), "a.xlsx", "not-text"],
	])("%j as %s: %s", async (bytes, name, why) => {
		expect(await refusal(bytes, name)).toMatchObject({
			kind: "refused",
			reason: "sources/file-unreadable",
			details: { case: why },
		});
	});

	test("one that the workspace does not have is not here, whatever was known of its bytes", async () => {
		const scene = new FileScene("a,b\n1,2");
		expect(await scene.cells()).toEqual([["1", "2"]]);
		const call = { ...scene.call(), files: async () => null };
		expect(await scene.connector.discover(call)).toMatchObject({ kind: "refused", reason: "sources/file-not-found" });
	});

	test("a column that is to tell rows apart and is not there is named, with those that are", async () => {
		const scene = new FileScene("a,b\n1,2", { key: "sku" });
		expect(await scene.connector.identify(scene.call())).toMatchObject({
			kind: "refused",
			reason: "sources/key-needed",
			details: { name: "sku", columns: "a, b" },
		});
	});
});
