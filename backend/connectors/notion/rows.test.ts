import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { PushRow } from "../connector.ts";
import { databaseId, tableId } from "./simulator/test-scene.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

let bench: TestConnector;
beforeEach(async () => {
	bench = await openConnector();
});
afterEach(() => bench.scene.stop());

async function made(...rows: PushRow["cells"][]): Promise<string[]> {
	const pushed = await bench.connector.push(
		bench.call(),
		await bench.target(),
		rows.map((cells, index) => ({ ref: String(index), cells })),
	);
	if (pushed.kind !== "pushed") throw new Error(pushed.message);
	return pushed.rows.map(({ remoteId }) => remoteId);
}

describe("CON-2: discovery", () => {
	test("a data source is a table and its database the container; the title comes first, the page last", async () => {
		const table = await bench.table();
		expect(table).toMatchObject({ id: tableId, name: "Reading list", container: { id: databaseId } });
		expect(table.fields.map(({ name }) => name).slice(0, 2)).toEqual(["Name", "Link"]);
		expect(table.fields.at(-1)).toMatchObject({ name: "Page body", writable: true, matchable: false });
		const computed = table.fields.find(({ id }) => id === "for1");
		expect(computed).toMatchObject({ type: "unsupported", writable: false });
		expect(table.fields.find(({ id }) => id === "rel1")).toMatchObject({ type: "link", linkedTableId: tableId });
	});

	test("a database with several data sources lends them its name, over more than one page of results", async () => {
		bench.scene.control.addDatabase({
			id: "bbbbbbbb-0000-4000-8000-000000000000",
			name: "Many",
			dataSources: Array.from({ length: 120 }, (_, index) => ({
				id: `bbbbbbbb-0000-4000-8000-${String(index + 1).padStart(12, "0")}`,
				name: `Source ${index}`,
				properties: [{ id: "title", name: "Name", type: "title" }],
			})),
		});
		const found = await bench.connector.discover(bench.call());
		const tables = found.kind === "ok" ? found.value.filter(({ container }) => container.name === "Many") : [];
		expect(tables).toHaveLength(120);
	});

	test("a token that was given some databases sees no others", async () => {
		bench.scene.control.addToken({ token: "ntn_none", databases: [] });
		expect(await bench.connector.discover(bench.call("ntn_none"))).toEqual({ kind: "ok", value: [] });
	});
});

describe("CON-2: columns are made", () => {
	test("once, with their options; one that Notion cannot make is refused in words", async () => {
		const ask = async () =>
			bench.connector.createColumns?.(bench.call(), await bench.target(), [
				{ name: "Colour", type: "select", options: ["Red", "Blue"] },
			]);
		const first = await ask();
		expect(first).toMatchObject({ kind: "ok", value: [{ name: "Colour", options: ["Red", "Blue"] }] });
		expect((await ask()) ?? null).toEqual(first ?? null);
		const refused = await bench.connector.createColumns?.(bench.call(), await bench.target(), [
			{ name: "Others", type: "link" },
		]);
		expect(refused).toMatchObject({ kind: "refused", reason: "targets/column-refused" });
	});
});

describe("SYNC-5: rows are read", () => {
	test("a text that the page object cuts short is read whole", async () => {
		const note = "a sentence of text. ".repeat(4_000);
		const [id = ""] = await made({ lnk1: "https://a.test/", txt1: note });
		const found = await bench.connector.read?.(bench.call(), await bench.target(), { by: "id", ids: [id] });
		expect(found).toMatchObject({ kind: "ok", value: [{ cells: { txt1: note } }] });
	});

	test("every cell comes back as it was sent", async () => {
		const [other = ""] = await made({ lnk1: "https://other.test/" });
		const cells = {
			lnk1: "https://a.test/",
			title: "A",
			num1: 3,
			pct1: 0.5,
			dat1: "2026-01-02",
			sel1: "Red",
			mul1: ["One", "Two"],
			sta1: "Done",
			chk1: true,
			eml1: "a@b.test",
			tel1: "+49 30 1",
			fil1: ["https://a.test/a.png"],
			rel1: [other],
		};
		await made(cells);
		const wanted = { by: "key" as const, keys: [{ lnk1: "https://a.test/" }] };
		const found = await bench.connector.read?.(bench.call(), await bench.target(), wanted);
		expect(found?.kind === "ok" ? found.value.map((row) => row.cells) : found).toEqual([cells]);
	});

	test("rows are found by a part of their title", async () => {
		await made({ lnk1: "https://a.test/", title: "About trees" }, { lnk1: "https://b.test/", title: "Else" });
		const found = await bench.connector.searchRows?.(bench.call(), await bench.target(), "TREE");
		expect(found).toMatchObject({ kind: "ok", value: [{ label: "About trees" }] });
	});
});

describe("CON-3: a file is attached", () => {
	test("beside those that are there, once, however often it is sent", async () => {
		const [remoteId = ""] = await made({ lnk1: "https://a.test/", fil1: ["https://a.test/a.png"] });
		const bytes = new Uint8Array([0, 255, 13, 10, 45]);
		const file = { remoteId, columnId: "fil1", name: "shot.png", contentType: "image/png", bytes };
		for (let twice = 0; twice < 2; twice += 1) {
			const sent = await bench.connector.upload?.(bench.call(), await bench.target(), file);
			expect(sent?.kind === "ok" ? bench.scene.control.file(sent.value.id) : null).toEqual(bytes);
		}
		const kept = bench.scene.control.rows(tableId)[0]?.values.fil1;
		expect(kept).toMatchObject([{ name: "a.png" }, { name: "shot.png" }]);
	});
});
