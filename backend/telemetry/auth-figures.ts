import { metrics } from "./metrics.ts";

/** A token that was good, or a sign-in that worked: what the rate of failures is measured against. */
export function noteAuthSuccess(): void {
	metrics.count("sheaf_auth_attempts_total", { outcome: "ok" });
}

/** @param reason an error code, or `password`: never what was typed or who it was */
export function noteAuthFailure(reason: string): void {
	metrics.count("sheaf_auth_attempts_total", { outcome: "failed" });
	metrics.count("sheaf_auth_failures_total", { reason });
}
