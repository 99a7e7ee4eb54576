import { describe, expect, test } from "bun:test";
import { type ConformanceBench, type ConformanceOptions, text } from "./conformance-bench.ts";
import { expectTold } from "./conformance-refusals.ts";
import { identityCases, valueCases } from "./conformance-writes.ts";

/** What holds for connectors that send messages, in place of what is promised of rows. */
export function messageCases(bench: () => ConformanceBench, options: ConformanceOptions): void {
	identityCases(bench);
	valueCases(bench, options);

	const idsOf = async (row: ReturnType<ConformanceBench["plain"]>) => {
		const result = await bench().push([row]);
		return result.kind === "pushed" ? result.rows.map(({ remoteId }) => remoteId) : [];
	};

	describe("I3: each version is one message, however often it is sent", () => {
		test("a repetition has the id it had, and a receiver that drops known ids has it once", async () => {
			const row = { ...bench().plain("a"), version: 1 };
			const [first = ""] = await idsOf(row);
			expect(first).toMatch(/^evt_[\w-]{32}$/);
			expect(await idsOf(row)).toEqual([first]);
			expect(await bench().kept("key")).toEqual(["a"]);
		});

		test("another version is another message, also when it says what an earlier one said", async () => {
			for (const version of [1, 2, 3]) {
				await bench().push([{ ...bench().plain("a", version === 2 ? "changed" : "same"), version }]);
			}
			expect(await bench().kept("text")).toEqual(["same", "changed", "same"]);
		});

		test("another record with the same fields is another message", async () => {
			const row = bench().plain("a");
			expect(await idsOf(row)).not.toEqual(await idsOf({ ...row, ref: "b" }));
		});

		test("a field that was emptied is told, one that was not captured is not in the message", async () => {
			expect(await idsOf(bench().row("a", { key: text("a"), long: text("") }))).toHaveLength(1);
			expect(Object.keys((await bench().simulator.rows())[0] ?? {})).not.toContain(bench().column("text").id);
		});
	});

	describe("SYNC-4: what only a person can mend", () => {
		test("an address or a secret that no longer holds asks for a new one", async () => {
			await bench().simulator.revokeCredential();
			expectTold(await bench().push([bench().plain("a")]), "reconnect", "delivery/credential-refused");
			expect(await bench().kept("key")).toEqual([]);
		});

		test("a form that is filled with nonsense is sent nowhere", async () => {
			for (const address of ["", "line\nbreak", "ftp://example.org/", "nonsense"]) {
				const call = bench().call({ credential: { address } });
				for (const ask of [bench().connector.identify, bench().connector.discover]) {
					expect(await ask(call)).toMatchObject({ kind: "reconnect", reason: "connections/credential-refused" });
				}
			}
		});
	});
}
