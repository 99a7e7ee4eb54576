import type { TableField } from "../contract/connections.ts";
import { cellFingerprint } from "../records/cell-fingerprint.ts";

type Fingerprints = Readonly<Record<string, string>>;

/** A delivered row as we know it. */
export type KnownRow = {
	/** What we left there, by column; null for a row that was delivered before this was kept. */
	base: Fingerprints | null;
	/** What stood there at the first look, in the columns that give back something else than they were sent. */
	seen: Fingerprints | null;
};

export type Comparison = { changed: boolean; seen: Record<string, string> };

/**
 * Types whose cells come back as they were sent, which the conformance suite holds every connector to. The others may come back in a form
 * of their destination's own (rounded, ordered anew, an address of its own, an unticked box that is nothing), so that what stands there
 * at the first look after a delivery is taken for ours: a change there within that time is missed, and our own write is
 * never called somebody's change.
 */
const comesBackAsSent: ReadonlySet<TableField["type"]> = new Set([
	"text",
	"long_text",
	"url",
	"email",
	"phone",
	"date",
	"datetime",
	"select",
]);

/** A delivered row against the row that is there, in the columns that we wrote. Pure. */
export function compareRow(
	{ base, seen }: KnownRow,
	columns: readonly Pick<TableField, "id" | "type">[],
	cells: Readonly<Record<string, unknown>>,
): Comparison {
	const result: Comparison = { changed: false, seen: { ...seen } };
	for (const { id, type } of columns) {
		const left = base?.[id];
		// Not ours: what was there before, and stays.
		if (base !== null && left === undefined) continue;
		const there = cellFingerprint(cells[id]);
		const expected = comesBackAsSent.has(type) ? (left ?? seen?.[id]) : seen?.[id];
		if (expected === undefined) result.seen[id] = there;
		else if (there !== expected) result.changed = true;
	}
	return result;
}
