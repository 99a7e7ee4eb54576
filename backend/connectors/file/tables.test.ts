import { describe, expect, test } from "bun:test";
import { bytesOf, type Encoded, FileScene, TestFile } from "./test-file.ts";

const kinds = async (scene: FileScene) => (await scene.columns()).map(({ name, type }) => [name, type]);

describe("CON-2: a table in a file", () => {
	test("has its header's names, and types by what stands below", async () => {
		const scene = new FileScene(
			"Name,Price,Sold,On sale,Link,ZIP,EAN\nPen,1.50,2024-02-29,true,https://example.test/1,01067,12345678901234567\nInk,-3,2024-03-01,no,http://example.test/2,8001,1\n",
		);
		expect(await kinds(scene)).toEqual([
			["Name", "text"],
			["Price", "number"],
			["Sold", "date"],
			["On sale", "boolean"],
			["Link", "url"],
			["ZIP", "text"],
			["EAN", "text"],
		]);
		const [pen] = (await scene.all()).rows;
		expect(pen?.fields).toEqual({
			Name: { type: "text", value: "Pen" },
			Price: { type: "number", value: 1.5 },
			Sold: { type: "date", value: "2024-02-29" },
			"On sale": { type: "boolean", value: true },
			Link: { type: "url", value: "https://example.test/1" },
			ZIP: { type: "text", value: "01067" },
			EAN: { type: "text", value: "12345678901234567" },
		});
	});

	test.each<[Encoded]>([
		["utf-8"],
		["utf-8 with a mark"],
		["utf-16le"],
		["utf-16be"],
		["utf-16le with a mark"],
		["windows-1252"],
	])("is read in %s, by reads of any size", async (encoding) => {
		const text = 'Namé;Größe\r\n"Crème\r\nbrûlée";4\r\nÅngström;5';
		for (const chunkBytes of [1, 2, 3, 7, 64, 1_000]) {
			const scene = new FileScene(new TestFile(bytesOf(text, encoding)), { chunkBytes });
			expect(await kinds(scene)).toEqual([
				["Namé", "text"],
				["Größe", "number"],
			]);
			expect(await scene.cells({ limit: 1 })).toEqual([
				["Crème\r\nbrûlée", "4"],
				["Ångström", "5"],
			]);
		}
	});

	test("a file that is ASCII for long is read right at its first accent too", async () => {
		const rows = Array.from({ length: 30_000 }, (_, index) => `row ${index}`).join("\n");
		const scene = new FileScene(new TestFile(bytesOf(`Name,Of\n${rows}\nCafé,a`, "windows-1252")));
		expect((await scene.cells({ search: "café" }))[0]).toEqual(["Café", "a"]);
	});

	test.each([
		["a,b;c,d\n1,2;3,4\n5,6;7,8", ["a", "b;c", "d"]],
		["a;b\n1,5;2,5\n1,25;3", ["a", "b"]],
		["a\tb c,d\n1\t2", ["a", "b c,d"]],
		['a|b\n"x|y, z, u"|2', ["a", "b"]],
		["only\none\ncolumn, it is", ["only"]],
		["sep=;\na;b,c\n1;2", ["a", "b,c"]],
	])("finds what stands between the cells of %j", async (text, names) => {
		expect((await new FileScene(text).columns()).map(({ name }) => name)).toEqual(names);
	});

	test("a decimal comma is one where commas cannot be thousands", async () => {
		expect(await kinds(new FileScene("a;b\n1,5;1,234\n-0,25;5,678"))).toEqual([
			["a", "number"],
			["b", "text"],
		]);
		expect(await new FileScene("a;b\n1,5;x\n-0,25;y").cells()).toEqual([
			["1.5", "x"],
			["-0.25", "y"],
		]);
	});

	test("names that are there twice or missing are made up for, and a table without names gets some", async () => {
		expect(await kinds(new FileScene("a,a,,a\n1,2,3,4"))).toEqual([
			["a", "number"],
			["a (2)", "number"],
			["Column 3", "number"],
			["a (3)", "number"],
		]);
		const bare = new FileScene("Pen,1.5,2024-01-01\nInk,2,2024-01-02");
		expect((await bare.columns()).map(({ name }) => name)).toEqual(["Column 1", "Column 2", "Column 3"]);
		expect(await bare.cells()).toHaveLength(2);
		expect((await new FileScene("Land,2023,2024\nNorth,1,2").columns()).map(({ name }) => name)).toContain("2023");
	});

	test("quotes mean something at a cell's beginning alone, and hold delimiters, line breaks and quotes", async () => {
		const scene = new FileScene('a,b\n"x ""y"", z\n2", "q, r"\n5" screen,"it"s');
		expect(await scene.cells()).toEqual([
			['x "y", z\n2', "q, r"],
			['5" screen', "its"],
		]);
	});

	test("a value that is not of its column's kind stays what it says", async () => {
		const many = Array.from({ length: 2_000 }, (_, index) => `${index}`).join("\n");
		const scene = new FileScene(`n,\n${many}\nn/a`);
		const { rows } = await scene.all({ limit: 500 });
		expect(rows.at(-1)?.fields["n"]).toEqual({ type: "text", value: "n/a" });
		expect(rows[7]?.fields["n"]).toEqual({ type: "number", value: 7 });
	});
});

describe("CON-2: rows that cannot be read are told by their line, and the others go on", () => {
	test("cells left off are empty; cells too many are told", async () => {
		const { rows, problems } = await new FileScene('a,b\n1\n\n"2\n2",3,,\n4,5,6\n7,8').all();
		expect(rows.map(({ fields }) => fields["a"]?.value)).toEqual(["1", "2\n2", "7"]);
		expect(problems).toEqual([
			"The row in line 6 has more values (3) than there are columns (2). It is left out; correct it in the file, then replace the file.",
		]);
	});

	test("a row in which nothing stands is none, and is not counted", async () => {
		const page = await new FileScene("a,b\n1,2\n,\n  ,\n3,4\n,,,\n").page();
		expect(page).toMatchObject({ problems: [], total: { count: 2, exact: true } });
		expect(page.rows).toHaveLength(2);
	});

	test("a quotation that never ends takes no other row along", async () => {
		const { rows, problems } = await new FileScene('a,b\r\n1,2\r\n"3,4\r\n5,6\r\n7,8').all({ limit: 1 });
		expect(rows.map(({ fields }) => fields["a"]?.value)).toEqual([1, 5, 7]);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toStartWith("The row in line 3 begins a quotation");
	});

	test("a row longer than a record can be is told, and its end is found", async () => {
		const long = "x".repeat(1_200_000);
		const { rows, problems } = await new FileScene(`a,b\n1,2\n"${long}\n${long}",4\n5,6`, { chunkBytes: 10_000 }).all();
		expect(rows.map(({ fields }) => fields["a"]?.value)).toEqual([1, 5]);
		expect(problems[0]).toStartWith("The row in line 3 is longer");
	});
});
