import type { TableField } from "../contract/connections.ts";
import { words } from "./words.ts";

/** What is known of a column that is no longer there. */
export type LostColumn = { name: string; type?: string | undefined };

/**
 * The column that a lost one has most likely become: one that nothing fills yet and that has the same name but for case and marks, or a word
 * of it and the same type. Null when none or several are as likely: a wrong column filled is worse than a question.
 */
export function likelyColumn({ name, type }: LostColumn, free: readonly TableField[]): TableField | null {
	const open = free.filter(({ writable }) => writable);
	const wanted = words(name);
	const same = open.filter((column) => words(column.name) === wanted);
	if (same.length > 0) return same.length === 1 ? (same[0] ?? null) : null;
	const parts = new Set(wanted.split(" "));
	const near = open.filter(
		(column) =>
			column.type === type &&
			words(column.name)
				.split(" ")
				.some((part) => parts.has(part)),
	);
	return near.length === 1 ? (near[0] ?? null) : null;
}
