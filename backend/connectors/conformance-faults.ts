import { describe, expect, test } from "bun:test";
import type { ErrorCode } from "../contract/errors.ts";
import type { ConformanceBench, ConformanceFault, ConformanceOptions } from "./conformance-bench.ts";
import { expectTold } from "./conformance-refusals.ts";

const passing: readonly [fault: ConformanceFault, reason: ErrorCode, applied: boolean][] = [
	[{ kind: "server_error" }, "delivery/provider-error", false],
	[{ kind: "gateway_page" }, "delivery/provider-error", false],
	[{ kind: "no_answer" }, "delivery/provider-unreachable", false],
	[{ kind: "dropped_before" }, "delivery/provider-unreachable", false],
	[{ kind: "dropped_after_commit" }, "delivery/provider-unreachable", true],
	[{ kind: "malformed_reply" }, "delivery/provider-error", true],
];

/** What passes by itself: answered `later`, and doing it again leaves exactly one row. */
export function faultCases(
	bench: () => ConformanceBench,
	{ atLeastOnce, noRetryAfter }: Pick<ConformanceOptions, "atLeastOnce" | "noRetryAfter">,
): void {
	// The body of a receipt says nothing that a sender of messages would read.
	const faults = atLeastOnce ? passing.filter(([{ kind }]) => kind !== "malformed_reply") : passing;
	describe("SYNC-3: a fault on the way costs time and no row", () => {
		test.each(faults)("%j", async (fault, reason, applied) => {
			bench().simulator.fail(fault);
			const asking = fault.kind === "no_answer" ? bench().withPatience(300) : bench();
			const result = await asking.push([bench().plain("a")]);
			expectTold(result, "later", reason);
			expect(result).toMatchObject({ countsAgainstBudget: false });
			expect(await bench().kept("key")).toEqual(applied ? ["a"] : []);
			const created = atLeastOnce === true || !applied;
			expect(await bench().push([bench().plain("a")])).toMatchObject({ kind: "pushed", rows: [{ created }] });
			expect(await bench().kept("key")).toEqual(["a"]);
		});

		test("nobody listens any more", async () => {
			const row = bench().plain("a");
			await bench().simulator.stop();
			expectTold(await bench().push([row]), "later", "delivery/provider-unreachable");
		});

		test("a call that was given up before it began writes nothing", async () => {
			const result = await bench().push([bench().plain("a")], { signal: AbortSignal.abort() });
			expect(result).toMatchObject({ kind: "later", afterMs: 0 });
			expect(await bench().kept("key")).toEqual([]);
		});
	});

	describe("SYNC-4: throttled", () => {
		test.each(noRetryAfter === undefined ? [null, 7] : [null])("with Retry-After %p", async (retryAfterSeconds) => {
			bench().simulator.fail({ kind: "throttled", retryAfterSeconds });
			const result = await bench().push([bench().plain("a")]);
			expectTold(result, "later", "delivery/provider-busy");
			const afterMs = (retryAfterSeconds ?? 0) * 1_000 || bench().connector.manifest.limits.penaltyMs;
			expect(result).toMatchObject({ afterMs, countsAgainstBudget: true });
			expect(await bench().kept("key")).toEqual([]);
		});
	});
}
