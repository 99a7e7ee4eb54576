import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { HttpRequest, PushTarget, WantedRows } from "../connector.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

let bench: TestConnector;
let target: PushTarget;
beforeEach(async () => {
	bench = await openConnector();
	target = await bench.target();
});
afterEach(() => bench.scene.stop());

const base = "appEverything0000";
const plant = (cells: Record<string, unknown>, table = "All types") =>
	bench.scene.control.addRow({ baseId: base, table, cells });

/** What goes over the wire while something is done. */
async function sentBy(work: (call: ReturnType<TestConnector["call"]>) => unknown): Promise<HttpRequest[]> {
	const requests: HttpRequest[] = [];
	const call = bench.call();
	const http = (request: HttpRequest) => {
		requests.push(request);
		return call.http(request);
	};
	await work({ ...call, http });
	return requests;
}

async function read(wanted: WantedRows) {
	const result = await bench.connector.read?.(bench.call(), target, wanted);
	if (result?.kind !== "ok") throw new Error(result?.message);
	return result.value;
}

describe("SYNC-5: rows read by their key", () => {
	const kinds: [column: string, cell: unknown, other: unknown][] = [
		["fldKey00000000000", 'say "hi" \\ {Key}\n\tnow', "say hi"],
		["fldNumber00000000", 0, undefined],
		["fldNumber00000000", -0.25, 0.25],
		["fldPercent0000000", 0.000_000_1, 1],
		["fldSelect00000000", "Red", "Blue"],
		["fldTags0000000000", ["paper", "design"], ["paper"]],
		["fldDate0000000000", "2026-01-02", "2026-01-03"],
		["fldDateTime000000", "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.000Z"],
	];
	test.each(kinds)("%s is %p and not %p", async (column, cell, other) => {
		const kept = Array.isArray(cell) ? cell.toReversed() : cell;
		const id = plant({ [column]: kept });
		plant(other === undefined ? {} : { [column]: other });
		const found = await read({ by: "key", keys: [{ [column]: cell }] });
		expect(found).toEqual([{ remoteId: id, cells: { [column]: kept }, changedAt: null }]);
	});

	test("a hundred long keys go by POST, because no address is that long", async () => {
		const keys = Array.from({ length: 100 }, (_, index) => `${index} ${"long ".repeat(100)}`);
		const ids = keys.slice(0, 2).map((key) => plant({ Key: key }));
		const wanted: WantedRows = { by: "key", keys: keys.map((key) => ({ fldKey00000000000: key })) };
		expect((await read(wanted)).map(({ remoteId }) => remoteId)).toEqual(ids);
		const [request] = await sentBy((call) => bench.connector.read?.(call, target, wanted));
		expect(request).toMatchObject({ method: "POST", url: expect.stringContaining("/listRecords") });
	});

	test("a column that was renamed since discovery is asked for by its name of today", async () => {
		const id = plant({ Key: "a" });
		const field = bench.scene.control.table(base, "All types").fields[0];
		if (field !== undefined) field.name = "Renamed } now";
		expect(await read({ by: "key", keys: [{ fldKey00000000000: "a" }] })).toMatchObject([{ remoteId: id }]);
	});

	test("cells come back in the form that coercion gives", async () => {
		const other = plant({ Name: "Ada" }, "Other");
		const id = plant({
			Rich: "# Title\n",
			Code: { text: "40063", type: "ean13" },
			Files: [{ id: "attAAAAAAAAAAAAAA", url: "https://a.test/x.png", filename: "x.png", size: 5 }],
			Links: [other],
			Person: { id: "usrX" },
		});
		const [row] = await read({ by: "id", ids: [id, "recMissing0000000"] });
		expect(row?.cells).toMatchObject({
			fldRich0000000000: "# Title",
			fldCode0000000000: { text: "40063" },
			fldFiles000000000: [{ url: "https://a.test/x.png" }],
			fldLinks000000000: [other],
		});
	});
});

describe("CON-2: rows taken back", () => {
	test("go ten to a request, and the ones that are gone already are no obstacle", async () => {
		const ids = Array.from({ length: 12 }, (_, index) => plant({ Key: `row ${index}` }));
		const kept = plant({ Key: "kept" });
		const remove = (call = bench.call()) => bench.connector.remove?.(call, target, ["recMissing0000000", ...ids]);
		expect(await remove()).toEqual({ kind: "ok", value: { removed: ["recMissing0000000", ...ids] } });
		expect(bench.scene.control.rows(base, "All types").map(({ id }) => id)).toEqual([kept]);
		expect(await remove()).toMatchObject({ kind: "ok" });
	});

	test("a permission that is gone is told and nothing is called deleted", async () => {
		const id = plant({ Key: "a" });
		bench.scene.control.setPermission(base, "read");
		const result = await bench.connector.remove?.(bench.call(), target, [id]);
		expect(result).toMatchObject({ kind: "refused", reason: "delivery/permission-lost" });
	});
});

describe("CON-2: a row that is known by its id", () => {
	test("is written without looking its key up, and made anew when it is gone", async () => {
		const id = plant({ Key: "old key" });
		const gone = plant({ Key: "gone" });
		await bench.connector.remove?.(bench.call(), target, [gone]);
		const rows = [
			{ ref: "a", remoteId: id, cells: { fldKey00000000000: "new key" } },
			{ ref: "b", remoteId: gone, cells: { fldKey00000000000: "gone" } },
		];
		const result = await bench.connector.push(bench.call(), target, rows);
		expect(result).toMatchObject({
			kind: "pushed",
			rows: [
				{ ref: "a", remoteId: id, created: false },
				{ ref: "b", created: true },
			],
		});
		expect(bench.scene.control.rows(base, "All types").map(({ cells }) => cells.Key)).toEqual(["new key", "gone"]);
	});
});
