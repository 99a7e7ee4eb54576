import type { ConformanceFault } from "../conformance-bench.ts";
import type { FaultEffect } from "./simulator/faults.ts";

const throttled = { error: { type: "RATE_LIMIT_REACHED", message: "Too many requests" } };

/** What the simulator is told to do for a fault of the suites. */
export function effectOf(fault: ConformanceFault): FaultEffect {
	switch (fault.kind) {
		case "throttled": {
			const { retryAfterSeconds } = fault;
			const headers = retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
			return { kind: "status", status: 429, body: throttled, headers };
		}
		case "server_error":
			return { kind: "status", status: 500, body: { error: { type: "SERVER_ERROR", message: "Server error" } } };
		case "gateway_page":
			return { kind: "html_502" };
		case "no_answer":
			return { kind: "timeout" };
		case "dropped_before":
			return { kind: "drop_before" };
		case "dropped_after_commit":
			return { kind: "drop_after_commit" };
		case "malformed_reply":
			return { kind: "malformed_json" };
	}
}
