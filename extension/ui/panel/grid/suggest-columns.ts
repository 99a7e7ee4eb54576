import { isFieldName, vocabulary } from "../../../capture/vocabulary.ts";
import type { GridColumn, GridTarget } from "./columns.ts";

/** Letters and digits alone, so that "Price (USD)" and "price_usd" are one word. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");

/** Less than this is a guess that a person would have to undo. */
const leastScore = 0.5;

/**
 * The target's column that a column of the grid most likely fills, by name and type; null when none is likely.
 * @param taken columns of the target that another one fills already
 */
export function suggestColumn(
	column: Pick<GridColumn, "id" | "name" | "type">,
	target: GridTarget,
	taken: ReadonlySet<string>,
): string | null {
	let best: { to: string; score: number } | null = null;
	for (const { from, to } of target.mapping) {
		if (taken.has(to)) continue;
		const named = target.columns.find(({ id }) => id === to);
		const score = scoreOf(column, { from, name: named?.name ?? "", type: named?.type ?? "" });
		if (score >= leastScore && score > (best?.score ?? 0)) best = { to, score };
	}
	return best?.to ?? null;
}

type Candidate = { from: string; name: string; type: string };

/** 1: the very field that the mapping reads. */
function scoreOf(column: Pick<GridColumn, "id" | "name" | "type">, { from, name, type }: Candidate): number {
	if (column.id === from) return 1;
	const words = [plain(column.name), plain(column.id)];
	const label = isFieldName(from) ? vocabulary[from].label : from;
	const wanted = [name, label, from].map(plain).filter((word) => word !== "");
	const same = wanted.some((word) => words.includes(word));
	if (same) return 0.9;
	const part = wanted.some((word) => words.some((own) => isPart(own, word)));
	const fits = column.type === "text" || type === "" || type === column.type;
	return part && fits ? 0.5 + 0.2 * Number(type === column.type) : 0;
}

/** "Product name" is likely the "Name"; three letters in another word are chance. */
function isPart(one: string, other: string): boolean {
	const [short, long] = one.length < other.length ? [one, other] : [other, one];
	return short.length >= 4 && (long.startsWith(short) || long.endsWith(short));
}
