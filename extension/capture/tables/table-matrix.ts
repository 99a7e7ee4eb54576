import { bounds } from "./bounds.ts";
import { tagOf } from "./element-facts.ts";

export type Cell = {
	element: Element;
	/** It names a column, a row or both, and holds no value. */
	heads: boolean;
	/** It was reached from the left or from above: a span, not a cell of its own. */
	from: "own" | "left" | "above";
	/** How many columns it spans. */
	width: number;
};

export type MatrixRow = { element: Element; part: "head" | "body" | "foot"; cells: (Cell | null)[]; mark: string };

/** A table with its spans laid out: every row has a cell, or null, for each of `columns`. */
export type Matrix = { rows: MatrixRow[]; columns: number };

const roleOf = (element: Element): string => element.getAttribute("role") ?? "";

const cellRoles = new Set(["cell", "gridcell", "columnheader", "rowheader"]);

/** A span as written, within what a table can have: `colspan="100000"` is what a page writes for "all". */
const span = (element: Element, name: string, most: number): number => {
	const raw = Number(element.getAttribute(name) ?? element.getAttribute(`aria-${name}`) ?? 1);
	return Number.isInteger(raw) && raw > 0 ? Math.min(raw, most) : 1;
};

const cellsOfRow = (row: Element): Element[] => {
	if (tagOf(row) === "TR") return Array.from(row.children).filter((child) => ["TD", "TH"].includes(tagOf(child)));
	const direct = Array.from(row.children).filter((child) => cellRoles.has(roleOf(child)));
	// Grids wrap the cells of a row in containers of fixed and of moving columns.
	return direct.length > 0
		? direct
		: Array.from(row.querySelectorAll('[role="cell"],[role="gridcell"],[role="columnheader"],[role="rowheader"]'));
};

const partOf = (row: Element): MatrixRow["part"] => {
	const parent = row.parentElement === null ? "" : tagOf(row.parentElement);
	return parent === "THEAD" ? "head" : parent === "TFOOT" ? "foot" : "body";
};

/** The rows that are the table's own and not those of a table in one of its cells. */
export const rowsOf = (table: Element): Element[] => {
	const isTable = tagOf(table) === "TABLE";
	const found = Array.from(table.querySelectorAll(isTable ? "tr" : '[role="row"]')).slice(0, bounds.rows);
	const owner = isTable ? "table" : '[role="table"],[role="grid"],[role="treegrid"]';
	return found.filter((row) => row.closest(owner) === table);
};

const isHead = (element: Element): boolean =>
	tagOf(element) === "TH" || roleOf(element) === "columnheader" || roleOf(element) === "rowheader";

/** What still hangs down from the rows above, by column. */
type Hanging = Map<number, { cell: Cell; rows: number }>;

const layRow = (row: Element, hanging: Hanging): (Cell | null)[] => {
	const cells: (Cell | null)[] = [];
	const drop = (): void => {
		for (let held = hanging.get(cells.length); held !== undefined; held = hanging.get(cells.length)) {
			held.rows -= 1;
			if (held.rows <= 0) hanging.delete(cells.length);
			cells.push({ ...held.cell, from: "above" });
		}
	};
	for (const element of cellsOfRow(row).slice(0, bounds.columns)) {
		drop();
		const width = span(element, "colspan", bounds.columns - cells.length);
		// `rowspan="0"` goes down to the table's end.
		const all = element.getAttribute("rowspan") === "0";
		const height = all ? bounds.rows : span(element, "rowspan", bounds.rows);
		for (let step = 0; step < width && cells.length < bounds.columns; step += 1) {
			const cell: Cell = { element, heads: isHead(element), from: step === 0 ? "own" : "left", width };
			if (height > 1) hanging.set(cells.length, { cell, rows: height - 1 });
			cells.push(cell);
		}
	}
	drop();
	return cells;
};

/** Parts of one row that stand in several containers carry the same index: they are put side by side. */
const joinParts = (rows: MatrixRow[]): MatrixRow[] => {
	const joined = new Map<string, MatrixRow>();
	for (const [at, row] of rows.entries()) {
		const key = row.mark === "" ? `#${at}` : row.mark;
		const held = joined.get(key);
		if (held === undefined) joined.set(key, row);
		else held.cells = [...held.cells, ...row.cells].slice(0, bounds.columns);
	}
	return [...joined.values()];
};

/** The table's own rows with every span laid out, in document order. */
export const layOut = (table: Element): Matrix => {
	const hanging: Hanging = new Map();
	let body: Element | null = null;
	const laid = rowsOf(table).map((element): MatrixRow => {
		// A span ends with its group of rows, whatever it says.
		if (element.parentElement !== body && tagOf(element) === "TR") hanging.clear();
		body = element.parentElement;
		const mark = element.getAttribute("aria-rowindex") ?? "";
		return { element, part: partOf(element), cells: layRow(element, hanging), mark };
	});
	const rows = tagOf(table) === "TABLE" ? laid : joinParts(laid);
	const columns = Math.max(0, ...rows.slice(0, 1_000).map(({ cells }) => cells.length));
	for (const row of rows) {
		row.cells.length = Math.min(row.cells.length, columns);
		while (row.cells.length < columns) row.cells.push(null);
	}
	return { rows, columns };
};
