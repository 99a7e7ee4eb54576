import type { ConformanceFault } from "../conformance-bench.ts";
import type { SimulatorControl } from "./simulator/control.ts";

type FaultEffect = Parameters<SimulatorControl["plan"]>[0]["effect"];

/** What the simulator is told to do for a fault of the suites. */
export function effectOf(fault: ConformanceFault): FaultEffect {
	switch (fault.kind) {
		case "throttled": {
			const { retryAfterSeconds } = fault;
			const headers = retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
			const data = { rate_limit_reason: "public_api_request_rate_limit" };
			return { kind: "status", status: 429, body: envelope(429, "rate_limited", data), headers };
		}
		case "server_error":
			return { kind: "status", status: 500, body: envelope(500, "internal_server_error") };
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

function envelope(status: number, code: string, data: Record<string, unknown> = {}): Record<string, unknown> {
	return { object: "error", status, code, message: "planned", additional_data: data };
}
