import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { expectTold } from "../conformance-refusals.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

let bench: TestConnector;
beforeEach(async () => {
	bench = await openConnector();
});
afterEach(() => bench.scene.stop());

const base = "appEverything0000";
const plant = (name: string) => bench.scene.control.addRow({ baseId: base, table: "Other", cells: { Name: name } });
const plantMany = (count: number) => Array.from({ length: count }, (_, index) => plant(`Person ${index}`));
const push = async (links: string[]) => {
	const rows = [{ ref: "a", cells: { fldKey00000000000: "a", fldLinks000000000: links } }];
	return bench.connector.push(bench.call(), await bench.target(), rows);
};
const linked = () => bench.scene.control.rows(base, "All types")[0]?.cells.Links;

describe("CON-2: linked records", () => {
	test("a name is found in a table of any size, not only on its first page", async () => {
		const ids = plantMany(1_500);
		expect(await push(["Person 1499", "person 7", ids[3] ?? ""])).toMatchObject({ kind: "pushed" });
		expect(linked()).toEqual([ids[1_499], ids[7], ids[3]]);
	});

	test("one that is spelled the same goes before one in another case", async () => {
		const [lower] = [plant("ada"), plant("Ada")];
		await push(["ada"]);
		expect(linked()).toEqual([lower]);
	});

	test("a name that is not there is told, and nothing is made in the other table", async () => {
		const result = await push(["Nobody"]);
		expectTold(result, "split", "delivery/value-refused");
		expect(result).toMatchObject({ message: expect.stringContaining("“Links” links to has no row named “Nobody”") });
		expect(bench.scene.control.rows(base, "Other")).toEqual([]);
		expect(linked()).toBeUndefined();
	});

	test("a name that two rows have is told and not guessed", async () => {
		plant("Ada");
		plant("Ada");
		const result = await push(["Ada"]);
		expectTold(result, "split", "delivery/value-refused");
		expect(result).toMatchObject({ message: expect.stringContaining("has 2 rows named “Ada”") });
	});

	test("ids alone and empty cells cost no look-up", async () => {
		const id = plant("Ada");
		const target = await bench.target();
		const before = bench.scene.control.counters().requests;
		const rows = [id, null].map((link, index) => ({
			ref: String(index),
			cells: { fldKey00000000000: String(index), fldLinks000000000: link === null ? null : [link] },
		}));
		await bench.connector.push(bench.call(), target, rows);
		expect(bench.scene.control.counters().requests - before).toBe(1);
	});
});

describe("CON-2: searching a table for rows to link to", () => {
	const search = (text: string, tableId = "tblOther000000000") =>
		bench.connector.searchRows?.(bench.call(), { containerId: base, tableId }, text);

	test("finds by a part of the name in any case, over the whole table", async () => {
		const ids = plantMany(1_200);
		expect(await search("SON 1199")).toEqual({ kind: "ok", value: [{ id: ids[1_199] ?? "", label: "Person 1199" }] });
		expect(await search('"')).toEqual({ kind: "ok", value: [] });
		const all = await search(" ");
		expect(all?.kind === "ok" ? all.value : []).toHaveLength(50);
	});

	test("a table that is gone is told", async () => {
		expect(await search("x", "tblMissing0000000")).toMatchObject({ kind: "refused" });
	});
});
