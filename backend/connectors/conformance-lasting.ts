import { describe, expect, test } from "bun:test";
import { ConformanceBench, type ConformanceOptions } from "./conformance-bench.ts";
import { expectTold } from "./conformance-refusals.ts";
import type { Connector } from "./connector.ts";

/** What only shows after a while: a credential that ends half-way, and many records. */
export function lastingCases(bench: () => ConformanceBench, able: Connector, options: ConformanceOptions): void {
	// The practice base has no credential that could end.
	if (!able.manifest.ways.includes("none")) expiryCase(bench);
	const { createUnlimitedSimulator } = options;
	if (createUnlimitedSimulator !== undefined) manyCase({ ...options, createSimulator: createUnlimitedSimulator });
}

function expiryCase(bench: () => ConformanceBench): void {
	test("ACC-3: a credential that ends half-way costs no row and doubles none, and the next one goes on", async () => {
		const { connector, simulator } = bench();
		const secrets = connector.manifest.form.filter(({ kind }) => kind === "secret").map(({ name }) => name);
		const ended = { ...simulator.credential };
		for (const name of [...secrets, "token"]) if (name in ended) ended[name] = `${ended[name]}ended`;
		const keys = ["a", "b", "c", "d"];
		for (const [index, key] of keys.entries()) {
			if (index === 2) {
				const refused = await bench().push([bench().plain(key)], { credential: ended });
				expectTold(refused, "reconnect", "delivery/credential-refused");
				expect(await bench().kept("key")).toEqual(["a", "b"]);
			}
			expect(await bench().push([bench().plain(key)])).toMatchObject({ kind: "pushed" });
		}
		expect(await bench().kept("key")).toEqual(keys);
	});
}

const many = 10_000;

function manyCase(options: ConformanceOptions): void {
	describe("SYNC-3: 10,000 records", () => {
		test("in full requests are 10,000 rows", async () => {
			const simulator = await options.createSimulator();
			try {
				const bench = new ConformanceBench(simulator, options.createConnector);
				await bench.discoverColumns();
				const size = bench.connector.manifest.limits.recordsPerRequest;
				const keys = Array.from({ length: many }, (_, index) => `key ${index}`);
				for (let from = 0; from < many; from += size) {
					const rows = keys.slice(from, from + size).map((key) => bench.plain(key));
					const result = await bench.push(rows);
					expect(result.kind === "pushed" ? result.rows.length : result).toBe(rows.length);
				}
				expect(await bench.kept("key")).toHaveLength(many);
				expect(new Set(await bench.kept("key")).size).toBe(many);
			} finally {
				await simulator.stop();
			}
		}, 300_000);
	});
}
