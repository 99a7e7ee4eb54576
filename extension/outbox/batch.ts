import type {
	maxBatchBytes as contractMaxBytes,
	maxBatchOperations as contractMaxOperations,
	Operation,
} from "../../backend/contract/writes.ts";
import { type EntryRow, noWorkspace, type RecordRow } from "./schema.ts";

/** The contract's numbers (OUT-2). Only its types may be imported, so the compiler holds these equal to them. */
export const maxBatchOperations: typeof contractMaxOperations = 500;
export const maxBatchBytes: typeof contractMaxBytes = 1_048_576;

/** One operation with what it weighs in the request. `unplaced`: its record has belonged to no workspace so far. */
export type Sendable = { operation: Operation; bytes: number; unplaced: boolean };

const encoder = new TextEncoder();
const envelopeBytes = '{"operations":[]}'.length;

/** The entry as it travels. `row` is the record's content at the entry's version. */
export function toSendable(entry: EntryRow, row: RecordRow): Sendable {
	const operation = toOperation(entry, row);
	const unplaced = entry.workspaceId === noWorkspace;
	return { operation, bytes: encoder.encode(JSON.stringify(operation)).length, unplaced };
}

function toOperation(entry: EntryRow, row: RecordRow): Operation {
	const id = entry.operationId;
	if (entry.kind !== "record.put") {
		return { id, kind: entry.kind, recordId: entry.recordId, version: entry.version };
	}
	const { kind, version, capturedAt, source, fields, provenance, targetId, captureId } = row;
	const record = {
		id: row.id,
		kind,
		version,
		capturedAt,
		source,
		fields,
		provenance,
		...(captureId === null ? {} : { captureId }),
	};
	return { id, kind: "record.put", targetId, record };
}

/** A record that no batch can hold: it would be answered 413 for ever. */
export function isTooLarge(sendable: Sendable): boolean {
	return envelopeBytes + sendable.bytes > maxBatchBytes;
}

/** Counts a batch up to the limits, to the exact byte of its JSON. */
export class BatchMeter {
	#operations = 0;
	#bytes = envelopeBytes;

	/** @returns whether it still fits; then it counts. */
	takes({ bytes }: Sendable): boolean {
		const withComma = this.#operations === 0 ? bytes : bytes + 1;
		if (this.#operations >= maxBatchOperations || this.#bytes + withComma > maxBatchBytes) return false;
		this.#operations += 1;
		this.#bytes += withComma;
		return true;
	}
}
