import type { ErrorCode } from "../contract/errors.ts";
import type { OperationResult } from "../contract/writes.ts";
import type { ParsedOperation, ParsedPut, ParsedRemoval, ParseResult } from "./parse-operation.ts";
import { type Intent, type UndoRow, type UndoStanding, undoStanding } from "./undo-standing.ts";

/** What the database holds of the things a batch names. Only what the rules need. */
export type StoredState = {
	/** Accepted operations: id → content hash. */
	operations: ReadonlyMap<string, string>;
	records: ReadonlyMap<string, StoredRecord>;
	/** The highest version of each record that a removal took. */
	removals: ReadonlyMap<string, number>;
	/** Ids of the targets that are there and this workspace's. */
	targetIds: ReadonlySet<string>;
	/** Stored records that the batch wants to take back. */
	undoable: ReadonlyMap<string, UndoRow>;
};

export type StoredRecord = { version: number; hash: string };

/** What a batch comes to. */
export type Decision = {
	/** One per operation, in the order sent. */
	results: OperationResult[];
	/** Every operation to remember: those stored, and those that brought what another had brought before. */
	accepted: AcceptedOperation[];
	/** Records as they are after the batch, each once. */
	puts: Map<string, ParsedPut>;
	/** Stored records to remove before the puts are written: deleted in the batch, and perhaps put again after that. */
	deletes: Set<string>;
	/** Stored records whose row the engine has to remove or to give back its cells, before they go. */
	undos: Map<string, Exclude<Intent, "put">>;
};

export type AcceptedOperation = {
	operation: ParsedOperation;
	/** Whether it changed something, and so has an audit row (promise I8). */
	changes: boolean;
	beforeHash: string | null;
	afterHash: string | null;
};

/**
 * Says what each operation of a batch is, in order, as if each had come alone. Pure; the table is in the room's README.
 */
export function decide(operations: readonly ParseResult[], stored: StoredState): Decision {
	const batch = new Batch(stored);
	const results = operations.map((parsed): OperationResult => {
		if (!parsed.ok) return { id: parsed.id, status: "rejected", error: parsed.error };
		return batch.take(parsed.operation);
	});
	return { results, accepted: batch.accepted, puts: batch.puts, deletes: batch.deletes, undos: batch.undos };
}

/** The stored state with the operations taken so far on top. */
class Batch {
	readonly accepted: AcceptedOperation[] = [];
	readonly puts = new Map<string, ParsedPut>();
	readonly deletes = new Set<string>();
	readonly undos = new Map<string, Exclude<Intent, "put">>();
	private readonly stored: StoredState;
	private readonly operationHashes = new Map<string, string>();
	private readonly removals = new Map<string, number>();

	constructor(stored: StoredState) {
		this.stored = stored;
	}

	take(operation: ParsedOperation): OperationResult {
		const knownHash = this.operationHashes.get(operation.id) ?? this.stored.operations.get(operation.id);
		if (knownHash === operation.hash) return { id: operation.id, status: "duplicate" };
		if (knownHash !== undefined) {
			return rejected(operation, "writes/operation-conflict", "This operation id was used before for something else.");
		}
		if (operation.kind === "record.put") return this.put(operation);
		return operation.kind === "record.delete" ? this.remove(operation) : this.undo(operation);
	}

	private put(operation: ParsedPut): OperationResult {
		const current = this.current(operation.recordId);
		if (current !== null && current.version === operation.version) {
			if (current.hash === operation.hash) return this.accept(operation, { changes: false, current });
			const message = "This version of the record is already stored with other content. Save it as a new version.";
			return rejected(operation, "writes/version-conflict", message);
		}
		// Replaced or removed since: what comes late brings nothing back (promise I4).
		const newest = Math.max(current?.version ?? 0, this.removedVersion(operation.recordId));
		if (newest >= operation.version) return this.accept(operation, { changes: false, current });
		if (operation.targetId !== null && !this.stored.targetIds.has(operation.targetId)) {
			return rejected(operation, "writes/target-unknown", "There is no such target. Choose another one.");
		}
		this.puts.set(operation.recordId, operation);
		// A newer version says that the person wants the record after all.
		this.undos.delete(operation.recordId);
		return this.accept(operation, { changes: true, current });
	}

	private remove(operation: ParsedRemoval): OperationResult {
		const current = this.current(operation.recordId);
		if (operation.version !== null) this.noteRemoval(operation.recordId, operation.version);
		// It was taken back or edited since: a removal that comes late must not take the newer version (promise I4).
		if (operation.version !== null && current !== null && current.version > operation.version) {
			return this.accept(operation, { changes: false, current });
		}
		this.puts.delete(operation.recordId);
		this.undos.delete(operation.recordId);
		if (this.stored.records.has(operation.recordId)) this.deletes.add(operation.recordId);
		return this.accept(operation, { changes: true, current });
	}

	/**
	 * What was not sent goes like any removal, and so does a version that was never here. What was sent is left to the engine, and the
	 * record stays until that is done.
	 */
	private undo(operation: ParsedRemoval): OperationResult {
		const { recordId } = operation;
		const current = this.current(recordId);
		const taken = { ...operation, version: operation.version ?? current?.version ?? null };
		const stored =
			this.puts.has(recordId) || this.deletes.has(recordId) ? undefined : this.stored.undoable.get(recordId);
		if (stored === undefined || taken.version !== current?.version) return this.remove(taken);
		const standing: UndoStanding = this.undos.has(recordId) ? { kind: "under_way" } : undoStanding(stored);
		if (standing.kind === "too_late") return rejected(operation, "records/not-undoable", standing.message);
		if (standing.kind === "take_back") return this.remove(taken);
		// Remembered, so that nothing older than what is taken back comes in meanwhile.
		this.noteRemoval(recordId, taken.version);
		if (standing.kind === "carry_out") this.undos.set(recordId, standing.intent);
		return this.accept(taken, { changes: standing.kind === "carry_out", current });
	}

	private noteRemoval(recordId: string, version: number): void {
		this.removals.set(recordId, Math.max(version, this.removedVersion(recordId)));
	}

	private accept(
		operation: ParsedOperation,
		{ changes, current }: { changes: boolean; current: StoredRecord | null },
	): OperationResult {
		this.operationHashes.set(operation.id, operation.hash);
		this.accepted.push({
			operation,
			changes,
			beforeHash: current?.hash ?? null,
			afterHash: operation.kind === "record.put" ? operation.hash : null,
		});
		return { id: operation.id, status: changes ? "stored" : "duplicate" };
	}

	private removedVersion(recordId: string): number {
		return this.removals.get(recordId) ?? this.stored.removals.get(recordId) ?? 0;
	}

	/** The record as it is at this point of the batch. */
	private current(recordId: string): StoredRecord | null {
		const put = this.puts.get(recordId);
		if (put !== undefined) return put;
		return this.deletes.has(recordId) ? null : (this.stored.records.get(recordId) ?? null);
	}
}

function rejected(operation: ParsedOperation, code: ErrorCode, message: string): OperationResult {
	return { id: operation.id, status: "rejected", error: { code, message } };
}
