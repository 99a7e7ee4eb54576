import type { SourceColumn } from "../../../../backend/contract/sources.ts";
import type { MappingEntry, TargetSuggestion, TargetView } from "../../../../backend/contract/targets.ts";

/** The target's columns that these would fill, by name, in its order. A picked row's fields have the names of its columns. */
export function filledColumns(target: TargetView, columns: readonly SourceColumn[]): string[] {
	const names = new Set(columns.map(({ name }) => name));
	const filled = new Set(target.mapping.filter(({ from }) => names.has(from)).map(({ to }) => to));
	return target.columns.filter(({ id }) => filled.has(id)).map(({ name }) => name);
}

/** What rows are told apart by there and these columns do not fill, by name: no row can go out while there is any. */
export function missingKeys(target: TargetView, columns: readonly SourceColumn[]): string[] {
	const names = new Set(columns.map(({ name }) => name));
	const isFilled = (key: string) => target.mapping.some(({ from, to }) => to === key && names.has(from));
	const nameOf = (key: string) => target.columns.find(({ id }) => id === key)?.name ?? key;
	return target.matchKey.filter((key) => !isFilled(key)).map(nameOf);
}

/** The target's mapping with what was suggested for fields that it does not know yet. */
export function withSuggested(target: TargetView, { mapping }: Pick<TargetSuggestion, "mapping">): MappingEntry[] {
	const known = new Set(target.mapping.map(({ from }) => from));
	return [...target.mapping, ...mapping.filter(({ from }) => !known.has(from))];
}
