import { kindOf } from "./value-kinds.ts";

/** Ids are kept in selections and in cursors' queries, which take so much. */
const maxName = 200;
const year = /^(?:19|20)\d\d$/;

/**
 * Whether the first row names the columns. It does, unless the columns speak against it: a value in it is of the same kind as all those below
 * it (and no text, which all names are, nor a year, which some are), and more columns say so than have a text above values of another kind. Pure.
 */
export function isHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
	if (rest.length === 0) return true;
	let votes = 0;
	first.forEach((name, at) => {
		const below = kindOf(rest.map((row) => row[at] ?? ""));
		const own = kindOf([name]);
		if (below === "text" || name === "") return;
		if (own === "text") votes += 1;
		else if (own === below && !year.test(name)) votes -= 1;
	});
	return votes >= 0;
}

/** Every name once and none empty: “Price”, “Price (2)”, “Column 3”. Pure. */
export function columnNames(cells: readonly string[]): string[] {
	const taken = new Set<string>();
	return cells.map((cell, at) => {
		const plain = cell.replaceAll(/\s+/gu, " ").trim().slice(0, maxName) || `Column ${at + 1}`;
		let name = plain;
		for (let turn = 2; taken.has(name); turn += 1) name = `${plain.slice(0, maxName - 8)} (${turn})`;
		taken.add(name);
		return name;
	});
}
