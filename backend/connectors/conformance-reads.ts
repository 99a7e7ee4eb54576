import { describe, expect, test } from "bun:test";
import { type ConformanceBench, type ConformanceOptions, text } from "./conformance-bench.ts";
import { expectTold } from "./conformance-refusals.ts";
import type { Connector, PushResult, RemoteRow, WantedRows } from "./connector.ts";

type Bench = () => ConformanceBench;
type Ids = Pick<ConformanceOptions, "movingIds" | "uniqueKeys">;

/** What a connector may do besides writing: the cases of what this one has. */
export function readCases(bench: Bench, able: Connector, options: Ids = {}): void {
	if (able.read !== undefined) {
		lookUpCases(bench);
		if (options.uniqueKeys === undefined) sharedKeyCases(bench, options);
		else ownKeyCases(bench);
	}
	if (able.remove !== undefined) removeCases(bench);
	if (able.createColumns !== undefined) columnCases(bench);
}

async function read(bench: ConformanceBench, wanted: WantedRows): Promise<RemoteRow[]> {
	const result = await bench.connector.read?.(bench.call(), bench.target(), wanted);
	if (result?.kind !== "ok") throw new Error(result?.message ?? "It cannot read.");
	return result.value;
}

const byKey = (bench: ConformanceBench, ...keys: string[]) =>
	read(bench, { by: "key", keys: keys.map((key) => bench.row(key, { key: text(key) }).cells) });

function idsOf(result: PushResult): string[] {
	if (result.kind !== "pushed") throw new Error(result.message);
	return result.rows.map(({ remoteId }) => remoteId);
}

function lookUpCases(bench: Bench): void {
	describe("SYNC-5: rows are read as they are there", () => {
		test("by key: those that are there, and what is compared is in the form that is sent", async () => {
			const row = bench().row("a", {
				key: text("a"),
				text: text("שלום 👋"),
				number: { type: "number", value: -0.25 },
				day: { type: "date", value: "2024-02-29" },
				instant: { type: "date", value: "2026-01-02T23:30:00-05:00" },
				choice: text("Red"),
			});
			const [remoteId] = idsOf(await bench().push([row, bench().plain("b")]));
			const found = await byKey(bench(), "a", "nobody has this key");
			expect(found).toHaveLength(1);
			expect(found[0]).toMatchObject({ remoteId: remoteId ?? "" });
			expect(found[0]?.cells).toEqual(row.cells);
			const changedAt = found[0]?.changedAt ?? null;
			expect(changedAt === null || !Number.isNaN(Date.parse(changedAt))).toBe(true);
		});

		test("by id: those that are there still", async () => {
			const ids = idsOf(await bench().push([bench().plain("a"), bench().plain("b")]));
			const found = await read(bench(), { by: "id", ids });
			expect(found.map(({ remoteId }) => remoteId).toSorted()).toEqual(ids.toSorted());
			expect(found.map(({ cells }) => String(cells[bench().column("key").id])).toSorted()).toEqual(["a", "b"]);
		});

		test("keys that would be code in a query are keys", async () => {
			const keys = [`o'Brien "x"`, "a\\b", "{Key}", "1) or 1=1 --"];
			await bench().push(keys.map((key) => bench().plain(key)));
			for (const key of keys) expect(await byKey(bench(), key)).toHaveLength(1);
		});

		test("a credential that was refused is told like that of a push", async () => {
			await bench().simulator.revokeCredential();
			const wanted: WantedRows = { by: "key", keys: [bench().row("a", { key: text("a") }).cells] };
			const result = await bench().connector.read?.(bench().call(), bench().target(), wanted);
			expect(result?.kind).toBe("reconnect");
		});
	});
}

function sharedKeyCases(bench: Bench, { movingIds }: Ids): void {
	test("SYNC-5: a key that several rows have comes with all of them", async () => {
		for (let twice = 0; twice < 2; twice += 1) await bench().simulator.plant(bench().plain("same").cells);
		const found = await byKey(bench(), "same");
		expect(new Set(found.map(({ remoteId }) => remoteId)).size).toBe(2);
	});

	describe("SYNC-3: a row that is known is written to", () => {
		test("also when its key is another by now, or is that of a second row", async () => {
			const [remoteId = ""] = idsOf(await bench().push([bench().plain("a", "one")]));
			await bench().simulator.plant(bench().plain("b", "theirs").cells);
			const [after] = idsOf(await bench().push([{ ...bench().plain("b", "ours"), remoteId }]));
			expect(after === remoteId).toBe(movingIds === undefined);
			expect(await bench().kept("key")).toEqual(["b", "b"]);
			expect((await bench().kept("text")).map(String).toSorted()).toEqual(["ours", "theirs"]);
		});
	});
}

function ownKeyCases(bench: Bench): void {
	describe("SYNC-3: a row that is known is written to", () => {
		test("also when its key is another by now; a key that is a second row’s is refused, and both stay", async () => {
			const [remoteId = ""] = idsOf(await bench().push([bench().plain("a", "one")]));
			await bench().simulator.plant(bench().plain("b", "theirs").cells);
			expect(idsOf(await bench().push([{ ...bench().plain("c", "ours"), remoteId }]))).toEqual([remoteId]);
			const taken = await bench().push([{ ...bench().plain("b", "ours"), remoteId }]);
			expectTold(taken, "split", "delivery/value-refused");
			expect((await bench().kept("key")).map(String).toSorted()).toEqual(["b", "c"]);
		});
	});
}

function removeCases(bench: Bench): void {
	const remove = (remoteIds: string[]) => bench().connector.remove?.(bench().call(), bench().target(), remoteIds);

	describe("CON-2: rows are taken back", () => {
		test("each that was named and no other, and one that is gone counts as deleted", async () => {
			const [first = ""] = idsOf(await bench().push([bench().plain("a"), bench().plain("b")]));
			for (let twice = 0; twice < 2; twice += 1) {
				expect(await remove([first])).toEqual({ kind: "ok", value: { removed: [first] } });
			}
			expect(await bench().kept("key")).toEqual(["b"]);
		});

		test("a known row that is gone is made anew, once", async () => {
			const [remoteId = ""] = idsOf(await bench().push([bench().plain("a")]));
			await remove([remoteId]);
			for (let twice = 0; twice < 2; twice += 1) idsOf(await bench().push([{ ...bench().plain("a"), remoteId }]));
			expect(await bench().kept("key")).toEqual(["a"]);
		});
	});
}

function columnCases(bench: Bench): void {
	test("CON-2: a column that was made is there for discovery and takes values", async () => {
		const made = await bench().connector.createColumns?.(bench().call(), bench().target(), [
			{ name: "Made here", type: "text" },
		]);
		const [column] = made?.kind === "ok" ? made.value : [];
		expect(column).toMatchObject({ name: "Made here", writable: true });
		await bench().discoverColumns();
		const row = bench().plain("a");
		const coerced = column === undefined ? undefined : bench().connector.coerce(text("in it"), column);
		if (column === undefined || coerced?.ok !== true) throw new Error("The column does not take a text.");
		idsOf(await bench().push([{ ...row, cells: { ...row.cells, [column.id]: coerced.cell } }]));
		expect((await bench().simulator.rows())[0]?.[column.id]).toBe("in it");
	});
}
