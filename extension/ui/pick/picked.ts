import type { SelectionCreate, SelectionView } from "../../../backend/contract/selections.ts";
import type { SourceFilter, SourceTotal } from "../../../backend/contract/sources.ts";
import type { GridMove } from "../parts/grid-keys.ts";

/** What is picked of a table. `all`: every row that matches but `rowIds`; `chosen`: `rowIds` alone, whatever matches. */
export type Picked = {
	filter: SourceFilter;
	search: string | null;
	/** Ids of the columns that travel; null: all. */
	columns: string[] | null;
	mode: "all" | "chosen";
	rowIds: string[];
};

/** What is known of the rows that match. */
export type Listed = { ids: readonly string[]; isWhole: boolean; total: SourceTotal | null };

/**
 * How many rows are picked. `rows`: null where nobody knows; not `isExact`: about. `total`: of those that match, as far as it is known.
 * `leftOut`: how many ids are left out of `all`; `mayMiss`: some of them may not be among the rows that match.
 */
export type PickCount = {
	/** All but some; else some alone. */
	isAll: boolean;
	rows: number | null;
	isExact: boolean;
	total: SourceTotal | null;
	leftOut: number;
	mayMiss: boolean;
};

/** As many rows can be named one by one: the contract's limit. */
export const mostRowIds = 5_000;

export const nothingPicked: Picked = { filter: [], search: null, columns: null, mode: "chosen", rowIds: [] };

/** What a saved selection picks. */
export function pickedOf({ filter, search, columns, mode, rowIds }: SelectionView): Picked {
	return { filter, search, columns, mode, rowIds };
}

/** What is saved: chosen rows are picked wherever they are, so no search and no condition goes with them. */
export function settingsOf(picked: Picked): Required<Pick<SelectionCreate, keyof Picked>> {
	const { filter, search, columns, mode, rowIds } = picked;
	const isChosen = mode === "chosen";
	return { filter: isChosen ? [] : filter, search: isChosen ? null : search, columns, mode, rowIds };
}

/** Which rows are on. */
export function isPicked({ mode, rowIds }: Pick<Picked, "mode" | "rowIds">): (id: string) => boolean {
	const named = new Set(rowIds);
	return (id) => named.has(id) === (mode === "chosen");
}

/**
 * After ticks in the grid, whose rows are `ids`. `all` turns everything on, across pages, or all of it off when everything is on.
 * @returns null: more rows than can be named one by one, and nothing changes
 */
export function ticked(picked: Picked, ticks: NonNullable<GridMove["ticks"]>, ids: readonly string[]): Picked | null {
	if (ticks === "all") return { ...picked, mode: isEverything(picked) ? "chosen" : "all", rowIds: [] };
	const isOn = isPicked(picked);
	const named = new Set(picked.rowIds);
	const turn = (id: string, on: boolean) => {
		if (on === (picked.mode === "chosen")) named.add(id);
		else named.delete(id);
	};
	if ("toggle" in ticks) {
		const id = ids[ticks.toggle];
		if (id !== undefined) turn(id, !isOn(id));
	} else for (const id of ids.slice(ticks.from, ticks.to + 1)) turn(id, true);
	return named.size > mostRowIds ? null : { ...picked, rowIds: [...named] };
}

export const isEverything = ({ mode, rowIds }: Picked): boolean => mode === "all" && rowIds.length === 0;

export const isNothing = ({ mode, rowIds }: Picked): boolean => mode === "chosen" && rowIds.length === 0;

/** What may be said of how many rows are picked, and no more than that. */
export function countOf({ mode, rowIds }: Picked, { ids, isWhole, total: told }: Listed): PickCount {
	if (mode === "chosen") {
		return { isAll: false, rows: rowIds.length, isExact: true, total: null, leftOut: 0, mayMiss: false };
	}
	// More were listed than there were said to be: the number is out of date.
	const standing = told !== null && told.count >= ids.length ? told : null;
	const total = isWhole ? { count: ids.length, exact: true } : standing;
	const seen = new Set(ids);
	const leftHere = rowIds.filter((id) => seen.has(id)).length;
	if (isWhole)
		return { isAll: true, rows: ids.length - leftHere, isExact: true, total, leftOut: leftHere, mayMiss: false };
	const mayMiss = leftHere < rowIds.length;
	const rows = total === null || mayMiss ? null : total.count - leftHere;
	return { isAll: true, rows, isExact: total?.exact ?? false, total, leftOut: rowIds.length, mayMiss };
}

/** One column more or less of those that travel; the last one stays. `all`: every column's id, in the table's order. */
export function withColumn(columns: string[] | null, id: string, all: readonly string[]): string[] | null {
	const before = new Set(columns ?? all);
	if (!before.delete(id)) before.add(id);
	const next = all.filter((one) => before.has(one));
	if (next.length === 0) return columns;
	return next.length === all.length ? null : next;
}
