import { createHash } from "node:crypto";
import type { FieldValue } from "../contract/fields.ts";
import type { SourceColumn, SourceRow } from "../contract/sources.ts";
import type { RecordPutOperation } from "../contract/writes.ts";
import { recordIdOf } from "./source-text.ts";

/** What is known of a row from the time before. */
export type KnownRow = { externalId: string; version: number; contentHash: string };

/** A row of a page as it is to be stored. `operation` null: it says what it said before. */
export type PlannedRow = {
	externalId: string;
	recordId: string;
	version: number;
	contentHash: string;
	fields: Record<string, FieldValue>;
	isNew: boolean;
	operation: RecordPutOperation | null;
};

export type PagePlan = {
	workspaceId: string;
	targetId: string;
	source: string;
	columns: readonly SourceColumn[];
	capturedAt: string;
	known: ReadonlyMap<string, KnownRow>;
	urlOf(externalId: string): string;
};

const longestName = 128;

/**
 * What becomes of the rows of a page: a record for each new one, a newer version for each changed one, nothing for the rest. A row that is
 * there twice counts once. Pure but for the operations' ids.
 */
export function planRows(rows: readonly SourceRow[], plan: PagePlan): PlannedRow[] {
	const names = fieldNames(plan.columns);
	const once = new Map(rows.map((row) => [row.externalId, row]));
	return [...once.values()].map((row) => planRow(row, names, plan));
}

function planRow(row: SourceRow, names: ReadonlyMap<string, string>, plan: PagePlan): PlannedRow {
	const { externalId } = row;
	const fields: Record<string, FieldValue> = {};
	for (const [id, name] of names) {
		const value = row.fields[id];
		if (value !== undefined) fields[name] = value;
	}
	const contentHash = hashOf(fields);
	const recordId = recordIdOf({ ...plan, externalId });
	const before = plan.known.get(externalId);
	const isSame = before?.contentHash === contentHash;
	const version = (before?.version ?? 0) + (isSame ? 0 : 1);
	const planned = { externalId, recordId, version, contentHash, fields, isNew: before === undefined };
	if (isSame) return { ...planned, operation: null };
	const record = {
		id: recordId,
		kind: "row",
		version,
		capturedAt: plan.capturedAt,
		source: { url: plan.urlOf(externalId), title: titleOf(fields, names).slice(0, 2_000) },
		fields,
	};
	return {
		...planned,
		operation: { id: Bun.randomUUIDv7(), kind: "record.put", targetId: plan.targetId, record },
	};
}

/** Column id → the field's name: the column's, on one line and once. */
function fieldNames(columns: readonly SourceColumn[]): Map<string, string> {
	const taken = new Set<string>();
	const names = new Map<string, string>();
	for (const { id, name } of columns) {
		const plain =
			name
				.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
				.trim()
				.slice(0, longestName) || "Column";
		let own = plain;
		for (let turn = 2; taken.has(own); turn += 1) own = `${plain.slice(0, longestName - 6)} (${turn})`;
		taken.add(own);
		names.set(id, own);
	}
	return names;
}

/** In the order of the names, so that the order of columns means nothing. */
function hashOf(fields: Readonly<Record<string, FieldValue>>): string {
	const sorted = Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1));
	return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}

/** What a person calls a row: its first text. */
function titleOf(fields: Readonly<Record<string, FieldValue>>, names: ReadonlyMap<string, string>): string {
	const inOrder = [...names.values()].flatMap((name) => fields[name] ?? []);
	const text = inOrder.find(({ type }) => type === "text");
	return typeof text?.value === "string" ? text.value : "";
}
