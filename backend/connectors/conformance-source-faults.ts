import { describe, expect, test } from "bun:test";
import { SourceBench, type SourceConformanceOptions, type SourceFault, valueOf } from "./conformance-source-bench.ts";

const passing: readonly SourceFault[] = [
	{ kind: "server_error" },
	{ kind: "gateway_page" },
	{ kind: "no_answer" },
	{ kind: "dropped_before" },
	{ kind: "malformed_reply" },
];

const twenty = Array.from({ length: 20 }, (_, index) => ({ key: `row ${index}` }));

/** What goes wrong half-way costs no row: the page is asked for again from its cursor. */
export function sourceFaultCases(bench: () => SourceBench, options: SourceConformanceOptions): void {
	passingCases(bench, options);
	if (options.noProvider !== undefined) return;
	throttledCases(bench, options);
	accessCases(bench);
}

function passingCases(bench: () => SourceBench, options: SourceConformanceOptions): void {
	const { without = {} } = options;
	describe("a fault in the middle", () => {
		test.each(passing.filter(({ kind }) => without[kind] === undefined))(
			"%j is told, and the page comes later",
			async (fault) => {
				await bench().simulator.plant(twenty);
				const first = valueOf(await bench().page());
				const patient = new SourceBench(bench().simulator, options, fault.kind === "no_answer" ? 300 : 10_000);
				const schema = await patient.schema();
				bench().simulator.fail(fault);
				const query = { filter: [], search: null, limit: 10, columns: schema.columns, schema };
				const struck = await patient
					.source()
					.list(patient.call(), bench().simulator.place, { ...query, cursor: first.cursor });
				expect(struck).toMatchObject({ kind: "later", countsAgainstBudget: false });
				const rest = await bench().all({ cursor: first.cursor });
				expect(new Set([...first.rows, ...rest].map((row) => bench().keyOf(row))).size).toBe(20);
			},
		);
	});
}

function throttledCases(bench: () => SourceBench, { noRetryAfter }: SourceConformanceOptions): void {
	describe("a provider that is busy", () => {
		test.each(noRetryAfter === undefined ? [null, 7] : [null])(
			"SYNC-4: throttled, with Retry-After %p",
			async (retryAfterSeconds) => {
				await bench().simulator.plant(twenty);
				const schema = await bench().schema();
				bench().simulator.fail({ kind: "throttled", retryAfterSeconds });
				const query = { cursor: null, filter: [], search: null, limit: 10, columns: schema.columns, schema };
				const result = await bench().source().list(bench().call(), bench().simulator.place, query);
				const afterMs = (retryAfterSeconds ?? 0) * 1_000 || bench().connector.manifest.limits.penaltyMs;
				expect(result).toMatchObject({ kind: "later", afterMs, countsAgainstBudget: true });
				expect(await bench().keys()).toHaveLength(20);
			},
		);
	});
}

function accessCases(bench: () => SourceBench): void {
	describe("access", () => {
		test("ACC-3: an access that ends is told as such, and the next one goes on from the cursor", async () => {
			await bench().simulator.plant(twenty);
			const first = valueOf(await bench().page());
			const call = bench().call();
			const ended = Object.fromEntries(
				Object.entries(call.credential).map(([name, value]) => [
					name,
					["token", "password", "accessToken"].includes(name) ? `${value}ended` : value,
				]),
			);
			const schema = await bench().schema();
			const query = { filter: [], search: null, limit: 10, columns: schema.columns, schema, cursor: first.cursor };
			const { place } = bench().simulator;
			const refused = await bench()
				.source()
				.list({ ...call, credential: ended }, place, query);
			expect(refused).toMatchObject({ kind: "reconnect", reason: "connections/credential-refused" });
			const rest = await bench().all({ cursor: first.cursor });
			expect(new Set([...first.rows, ...rest].map((row) => bench().keyOf(row))).size).toBe(20);
		});

		test("a credential that is revoked is told", async () => {
			await bench().simulator.revokeCredential();
			expect(await bench().source().schema(bench().call(), bench().simulator.place)).toMatchObject({
				kind: "reconnect",
			});
		});
	});
}
