import type { Operation } from "../../backend/contract/writes.ts";

/**
 * The trace that begins with the gesture of a batch's first capture (W3C Trace Context); null for a batch without one. Made of what the
 * batch says anyway, the record's id and version, so that it tells the server nothing more (`backend/telemetry/tracing.ts` makes the same).
 */
export function traceparentOf(operations: readonly Operation[]): string | null {
	const put = operations.find((operation) => operation.kind === "record.put");
	if (put === undefined) return null;
	const digits = put.record.id.replaceAll("-", "").toLowerCase();
	const version = (put.record.version % 0x1000).toString(16).padStart(3, "0");
	const traceId = `${digits.slice(0, 13)}${version}${digits.slice(16)}`;
	return `00-${traceId}-${traceId.slice(16)}-01`;
}
