import type { RowStanding } from "../../../../backend/contract/compare.ts";
import type { Fields } from "../../../../backend/contract/fields.ts";
import type { LocalRecord } from "../../../outbox/types.ts";
import { plainText } from "../../record/value-text.ts";
import type { GridTarget } from "./columns.ts";

/** Where a row stands, and the record that stands for it. */
export type Standing = { standing: RowStanding; recordId: string | null };

/** Records on this device by what a row of the same key would say. */
export type HereIndex = {
	target: GridTarget | null;
	byKey: ReadonlyMap<string, Pick<LocalRecord, "id" | "fields">>;
	ids: ReadonlySet<string>;
};

/** Later records stand for a row before earlier ones, as at the backend. @param records oldest first */
export function indexHere(records: readonly LocalRecord[], target: GridTarget | null): HereIndex {
	const byKey = new Map<string, LocalRecord>();
	for (const record of records) {
		if (record.targetId !== (target?.id ?? null) || record.state === "undoing") continue;
		const key = keyOf(record.fields, target);
		if (key !== null) byKey.set(key, record);
	}
	return { target, byKey, ids: new Set([...byKey.values()].map(({ id }) => id)) };
}

/**
 * Whether a row is on this device already, by the target's match key; for rows that wait for a target, by all they say. Steps of the mapping
 * are the backend's to take: what it says of a row goes before this.
 */
export function standingHere(fields: Fields, { target, byKey }: HereIndex): Standing {
	const key = keyOf(fields, target);
	if (key === null) return { standing: "no_key", recordId: null };
	const record = byKey.get(key);
	if (!record) return { standing: "new", recordId: null };
	const same = Object.entries(fields).every(([name, value]) => {
		const there = record.fields[name];
		return there !== undefined && plainText(there) === plainText(value);
	});
	return { standing: same ? "unchanged" : "update", recordId: record.id };
}

/** null: a part of the key is empty. */
function keyOf(fields: Fields, target: GridTarget | null): string | null {
	if (target === null) {
		const names = Object.keys(fields).sort();
		return JSON.stringify(names.map((name) => [name, fields[name] && plainText(fields[name])]));
	}
	const parts = target.matchKey.map((column) => {
		const names = target.mapping.filter(({ to }) => to === column).map(({ from }) => from);
		const value = names.map((name) => fields[name]).find((one) => one !== undefined);
		return value ? plainText(value).trim() : "";
	});
	return parts.includes("") ? null : JSON.stringify(parts);
}
