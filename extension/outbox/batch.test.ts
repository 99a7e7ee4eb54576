import { expect, test } from "bun:test";
import fc from "fast-check";
import * as contract from "../../backend/contract/writes.ts";
import { BatchMeter, isTooLarge, maxBatchBytes, maxBatchOperations, toSendable } from "./batch.ts";
import { type EntryRow, nothingReported, type RecordRow } from "./schema.ts";
import { aCapture } from "./test-outbox.ts";

const row: RecordRow = {
	...aCapture(),
	id: "019a0000-0000-7000-8000-000000000001",
	workspaceId: "",
	captureId: null,
	...nothingReported,
	version: 1,
	capturedAt: "2026-01-01T00:00:00.000Z",
	normalUrl: "",
	state: "local",
	problem: null,
	remoteUrl: null,
	supersededBy: null,
	updatedAt: 0,
	standing: "waiting",
	everSent: false,
};
const entry: EntryRow = {
	operationId: "019a0000-0000-7000-8000-000000000002",
	recordId: row.id,
	kind: "record.put",
	workspaceId: "",
	version: 1,
	state: "waiting",
	attempts: 0,
	notBefore: 0,
	problem: null,
	createdAt: 0,
	tombstone: null,
};

const ofText = (value: string) => toSendable(entry, { ...row, fields: { body: { type: "markdown", value } } });

test("OUT-2: the limits are the contract's", () => {
	expect(maxBatchOperations).toBe(contract.maxBatchOperations);
	expect(maxBatchBytes).toBe(contract.maxBatchBytes);
});

test("OUT-2: a batch is counted to the exact byte of its JSON, whatever characters it holds", () => {
	const texts = fc.array(
		fc
			.tuple(fc.string({ unit: "binary", minLength: 1, maxLength: 8 }), fc.nat({ max: 40_000 }))
			.map(([text, times]) => text.repeat(times)),
		{
			minLength: 1,
			maxLength: 40,
		},
	);
	fc.assert(
		fc.property(texts, (values) => {
			const meter = new BatchMeter();
			const all = values.map(ofText);
			const taken = all.slice(0, all.findIndex((each) => !meter.takes(each)) >>> 0);
			const bytes = (operations: unknown[]) => Buffer.byteLength(JSON.stringify({ operations }));
			expect(bytes(taken.map(({ operation }) => operation))).toBeLessThanOrEqual(maxBatchBytes);
			const next = all[taken.length];
			if (next) expect(bytes([...taken, next].map(({ operation }) => operation))).toBeGreaterThan(maxBatchBytes);
		}),
		{ numRuns: 30 },
	);
});

test("OUT-3: only what cannot be sent alone is too large", () => {
	const empty = ofText("").bytes + '{"operations":[]}'.length;
	expect(isTooLarge(ofText("x".repeat(maxBatchBytes - empty)))).toBe(false);
	expect(isTooLarge(ofText("x".repeat(maxBatchBytes - empty + 1)))).toBe(true);
});
