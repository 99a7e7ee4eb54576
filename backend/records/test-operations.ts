import type { RecordDeleteOperation, RecordPutOperation, RecordUndoOperation } from "../contract/writes.ts";

let made = 0;

/** A UUIDv7 by form, in the order made. */
export function testId(): string {
	made += 1;
	const tail = Math.random().toString(16).slice(2, 14).padEnd(12, "0");
	return `${made.toString(16).padStart(8, "0")}-0000-7000-8000-${tail}`;
}

export type TestRecord = {
	recordId?: string;
	operationId?: string;
	version?: number;
	targetId?: string | null;
	capturedAt?: string;
	title?: string;
	url?: string;
	price?: number;
	captureId?: string;
};

/** A put of a bookmark; whatever a test does not care about has a value of its own. */
export function testPut(record: TestRecord = {}): RecordPutOperation {
	const recordId = record.recordId ?? testId();
	const url = record.url ?? `https://example.test/${recordId}`;
	const price = record.price === undefined ? {} : { price: { type: "number" as const, value: record.price } };
	return {
		id: record.operationId ?? testId(),
		kind: "record.put",
		targetId: record.targetId ?? null,
		record: {
			id: recordId,
			kind: "bookmark",
			version: record.version ?? 1,
			capturedAt: record.capturedAt ?? "2026-01-02T03:04:05.000Z",
			source: { url, title: record.title ?? "A title" },
			fields: {
				title: { type: "text", value: record.title ?? "A title" },
				url: { type: "url", value: url },
				...price,
			},
			...(record.captureId === undefined ? {} : { captureId: record.captureId }),
		},
	};
}

/** `version` left out: whatever is stored goes. */
export function testDelete(
	recordId: string,
	operationId: string = testId(),
	version: number | null = null,
): RecordDeleteOperation {
	return { id: operationId, kind: "record.delete", recordId, ...(version === null ? {} : { version }) };
}

/** `version` left out: whatever is stored is taken back. */
export function testUndo(recordId: string, version: number | null = null): RecordUndoOperation {
	return { id: testId(), kind: "record.undo", recordId, ...(version === null ? {} : { version }) };
}
