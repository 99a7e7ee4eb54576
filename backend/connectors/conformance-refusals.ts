import { describe, expect, test } from "bun:test";
import type { ErrorCode } from "../contract/errors.ts";
import { type ConformanceBench, type ConformanceOptions, text } from "./conformance-bench.ts";
import type { PushResult } from "./connector.ts";

/** What only a person can mend: each is told apart, in words without jargon, and no row is written in part. */
export function refusalCases(bench: () => ConformanceBench, options: ConformanceOptions): void {
	describe("SYNC-4: a row's own fault", () => {
		test("one bad row fails its request whole and names no other row", async () => {
			const bad = { ref: "bad", cells: { ...bench().plain("bad").cells, [bench().column("number").id]: "no number" } };
			const batch = await bench().push([bench().plain("good"), bad]);
			expectTold(batch, "split", "delivery/value-refused");
			expect(await bench().kept("key")).toEqual(options.rowByRow !== undefined ? ["good"] : []);
			expectTold(await bench().push([bad]), "split", "delivery/value-refused");
			expect(await bench().push([bench().plain("good")])).toMatchObject({ kind: "pushed" });
			expect(await bench().kept("key")).toEqual(["good"]);
		});

		if (options.uniqueKeys === undefined) ambiguityCase(bench);
	});

	describe("SYNC-4: the target's fault", () => {
		test("a column that is gone, which a new look at the table shows by its id", async () => {
			const row = bench().row("a", { key: text("a"), long: text("x") });
			const [gone, kept] = [bench().column("long").id, bench().column("key").id];
			await bench().simulator.removeColumn("long");
			expectTold(await bench().push([row]), "mend_target", "delivery/column-missing");
			const found = await bench().connector.discover(bench().call());
			const { tableId } = bench().simulator.table;
			const table = found.kind === "ok" ? found.value.find(({ id }) => id === tableId) : undefined;
			const ids = table?.fields.map(({ id }) => id) ?? [];
			expect([ids.includes(kept), ids.includes(gone)]).toEqual([true, false]);
		});

		test("a permission that was taken away", async () => {
			await bench().simulator.withdrawPermission();
			expectTold(await bench().push([bench().plain("a")]), "mend_target", "delivery/permission-lost");
		});
	});

	describe("SYNC-4: the account's fault", () => {
		test("a credential that the provider has forgotten, wherever it is used", async () => {
			await bench().simulator.revokeCredential();
			expectTold(await bench().push([bench().plain("a")]), "reconnect", "delivery/credential-refused");
			for (const ask of [bench().connector.identify, bench().connector.discover]) {
				expect(await ask(bench().call())).toMatchObject({
					kind: "reconnect",
					reason: "connections/credential-refused",
				});
			}
		});

		test("a credential that is nonsense is not sent anywhere", async () => {
			for (const token of ["", "line\nbreak", "tökén"]) {
				const identity = await bench().connector.identify(bench().call({ credential: { token } }));
				const usable = bench().connector.manifest.ways.includes("none");
				expect(identity.kind).toBe(usable ? "ok" : "reconnect");
			}
		});
	});
}

function ambiguityCase(bench: () => ConformanceBench): void {
	test("more than one row that matches", async () => {
		for (let twice = 0; twice < 2; twice += 1) await bench().simulator.plant(bench().plain("same").cells);
		expectTold(await bench().push([bench().plain("same")]), "split", "delivery/match-ambiguous");
		expect(await bench().kept("key")).toEqual(["same", "same"]);
	});
}

/** The outcome, and that its message is a sentence a person can read. */
export function expectTold(result: PushResult, kind: PushResult["kind"], reason: ErrorCode): void {
	expect(result).toMatchObject({ kind, reason });
	if (result.kind !== "pushed") expectSentence(result.message);
}

export function expectSentence(message: string): void {
	expect(message).toMatch(/^[A-Z“].*\.$/s);
	expect(message).not.toMatch(/\b(4\d\d|5\d\d|HTTP|OAuth|JSON|API|null|undefined)\b/);
}
