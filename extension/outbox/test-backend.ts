import type { Operation, OperationResult } from "../../backend/contract/writes.ts";
import type { LocalRecord } from "./types.ts";

/** A backend that keeps I2 and I4, and refuses records whose title is "poison". */
export class ModelBackend {
	readonly accepted = new Set<string>();
	readonly versions = new Map<string, number>();
	readonly titles = new Map<string, string>();
	readonly arrivals: { recordId: string; version: number | "removal" }[] = [];

	commit(operations: readonly Operation[]): OperationResult[] {
		return operations.map((operation) => this.#commitOne(operation));
	}

	#commitOne(operation: Operation): OperationResult {
		const { id } = operation;
		if (this.accepted.has(id)) return { id, status: "duplicate" };
		if (operation.kind !== "record.put") {
			if ((this.versions.get(operation.recordId) ?? 0) > (operation.version ?? Number.POSITIVE_INFINITY)) {
				this.accepted.add(id);
				return { id, status: "duplicate" };
			}
			this.arrivals.push({ recordId: operation.recordId, version: "removal" });
			this.versions.delete(operation.recordId);
			this.titles.delete(operation.recordId);
			this.accepted.add(id);
			return { id, status: "stored" };
		}
		const { record } = operation;
		if (record.source.title === "poison") {
			return { id, status: "rejected", error: { code: "writes/text-invalid", message: "It cannot be stored." } };
		}
		this.accepted.add(id);
		this.arrivals.push({ recordId: record.id, version: record.version });
		if (record.version > (this.versions.get(record.id) ?? 0)) {
			this.versions.set(record.id, record.version);
			this.titles.set(record.id, titleOf(record.fields));
		}
		return { id, status: "stored" };
	}
}

export function titleOf(fields: LocalRecord["fields"]): string {
	return fields["title"]?.type === "text" ? fields["title"].value : "";
}
