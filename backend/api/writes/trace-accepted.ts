import type { OperationResult } from "../../contract/writes.ts";
import { emitSpan, isTracing, newSpanId, now, traceOfRecord } from "../../telemetry/tracing.ts";

/**
 * The first steps of each record's trace: from the gesture to the batch's arrival, and its acceptance. The gesture is not reported by the
 * extension: its moment is in the operation's UUIDv7.
 *
 * @param arrivedMs since the epoch
 */
export function traceAccepted(
	operations: readonly unknown[],
	results: readonly OperationResult[],
	arrivedMs: number,
): void {
	if (!isTracing()) return;
	for (const [index, operation] of operations.entries()) {
		const put = putOf(operation);
		if (put === null || results[index]?.status !== "stored") continue;
		const capture = traceOfRecord(put.recordId, put.version);
		const attributes = { "sheaf.record.version": put.version };
		const startMs = Math.min(put.madeMs, arrivedMs);
		const spanId = newSpanId();
		emitSpan({
			...capture,
			parentSpanId: null,
			name: "capture",
			kind: "client",
			startMs,
			endMs: arrivedMs,
			attributes,
			failed: false,
		});
		const accept = {
			traceId: capture.traceId,
			spanId,
			parentSpanId: capture.spanId,
			name: "accept",
			kind: "internal",
		} as const;
		emitSpan({ ...accept, startMs: arrivedMs, endMs: now(), attributes, failed: false });
	}
}

/** The operation was stored, so that it is what it says. */
function putOf(operation: unknown): { madeMs: number; recordId: string; version: number } | null {
	const { id, kind, record } = operation as { id: string; kind: string; record?: { id: string; version: number } };
	if (kind !== "record.put" || record === undefined) return null;
	const madeMs = Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
	return { madeMs, recordId: record.id, version: record.version };
}
