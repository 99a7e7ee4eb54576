/**
 * The conformance cases against the NocoDB at SHEAF_CHECK_NOCODB_URL, run by `main.ts` (its name keeps it out of the other tests).
 * Left to the simulator: what a real server does not do on demand (faults, throttling, a right withdrawn from its administrator).
 */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { ConformanceBench, type ConformanceOptions } from "../../backend/connectors/conformance-bench.ts";
import { readCases } from "../../backend/connectors/conformance-reads.ts";
import { expectTold } from "../../backend/connectors/conformance-refusals.ts";
import { writeCases } from "../../backend/connectors/conformance-writes.ts";
import { createNocodbConnector } from "../../backend/connectors/nocodb/index.ts";
import { LiveTable } from "./live-table.ts";

const url = process.env.SHEAF_CHECK_NOCODB_URL ?? "";

let bench: ConformanceBench | undefined;
const current = (): ConformanceBench => {
	if (bench === undefined) throw new Error("There is no table yet.");
	return bench;
};

beforeEach(async () => {
	const { simulator } = await LiveTable.open(url);
	bench = new ConformanceBench(simulator, createNocodbConnector);
	await bench.discoverColumns();
});
afterEach(() => bench?.simulator.stop());

const options: ConformanceOptions = {
	name: "NocoDB",
	createSimulator: async () => (await LiveTable.open(url)).simulator,
	createConnector: createNocodbConnector,
};

describe("CON-1: NocoDB itself", () => {
	writeCases(current, options);
	readCases(current, createNocodbConnector());

	describe("SYNC-4: what only a person can mend", () => {
		test("one bad row fails its request whole", async () => {
			const good = current().plain("good");
			const bad = { ref: "bad", cells: { ...good.cells, [current().column("number").id]: "no number" } };
			expectTold(await current().push([current().plain("other"), bad]), "split", "delivery/value-refused");
			expect(await current().kept("key")).toEqual([]);
		});

		test("more than one row that matches", async () => {
			for (let twice = 0; twice < 2; twice += 1) await current().simulator.plant(current().plain("same").cells);
			expectTold(await current().push([current().plain("same")]), "split", "delivery/match-ambiguous");
		});

		test("a column that is gone", async () => {
			const row = current().plain("a");
			await current().simulator.removeColumn("text");
			expectTold(await current().push([row]), "mend_target", "delivery/column-missing");
		});

		test("a token that it does not know", async () => {
			await current().simulator.revokeCredential();
			expectTold(await current().push([current().plain("a")]), "reconnect", "delivery/credential-refused");
			for (const ask of [current().connector.identify, current().connector.discover]) {
				expect(await ask(current().call())).toMatchObject({ kind: "reconnect" });
			}
		});
	});

	test("CON-3: a file is put beside those that are there", async () => {
		const { connector } = current();
		const column = await connector.createColumns?.(current().call(), current().target(), [
			{ name: "Files", type: "attachment" },
		]);
		const [columnId = ""] = column?.kind === "ok" ? column.value.map(({ id }) => id) : [];
		const pushed = await current().push([current().plain("a")]);
		const remoteId = pushed.kind === "pushed" ? (pushed.rows[0]?.remoteId ?? "") : "";
		const file = { remoteId, columnId, name: "a.txt", contentType: "text/plain", bytes: new TextEncoder().encode("a") };
		for (let twice = 0; twice < 2; twice += 1) {
			expect(await connector.upload?.(current().call(), current().target(), file)).toMatchObject({ kind: "ok" });
		}
		const [row] = (await readByKey("a")) ?? [];
		expect(row?.cells[columnId]).toHaveLength(2);
	});

	test("CON-3: rows are found by a part of what they are called", async () => {
		await current().push([current().plain("An apple"), current().plain("A pear")]);
		const found = await current().connector.searchRows?.(current().call(), current().target(), "appl");
		expect(found).toMatchObject({ kind: "ok", value: [{ label: "An apple" }] });
	});
});

async function readByKey(key: string) {
	const wanted = { by: "key", keys: [{ [current().column("key").id]: key }] } as const;
	await current().discoverColumns();
	const result = await current().connector.read?.(current().call(), current().target(), wanted);
	return result?.kind === "ok" ? result.value : null;
}
