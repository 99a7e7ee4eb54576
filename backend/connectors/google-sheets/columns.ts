import type { TableField } from "../../contract/connections.ts";
import type { CellValue, SheetEntry, TypedTable } from "./replies.ts";

/**
 * The types of Google's own tables in Sheaf's words; what is not here (times of day, people, places, files) is never written to.
 * `long_text`: any cell holds line breaks.
 */
const kinds: Readonly<Record<string, TableField["type"]>> = {
	TEXT: "long_text",
	DOUBLE: "number",
	CURRENCY: "currency",
	PERCENT: "percent",
	DATE: "date",
	DATE_TIME: "datetime",
	BOOLEAN: "boolean",
	DROPDOWN: "select",
};

/** A column outside such a table: its cells take each value as what it is. */
export const untyped = "ANY";

/** The table whose head is the first row of the tab, if there is one. */
export function typedTableOf(sheet: SheetEntry): TypedTable | null {
	return sheet.tables?.find(({ range }) => (range.startRowIndex ?? 0) === 0) ?? null;
}

/** Headings by column. Blank ones name nothing; of two that are the same nobody can tell which is meant. */
export type Heading = { name: string; index: number; isTwice: boolean };

export function headingsOf(cells: readonly (CellValue | null)[]): Heading[] {
	const named = cells.flatMap((cell, index) => {
		const name = String(cell ?? "").trim();
		return name === "" ? [] : [{ name, index }];
	});
	return named.flatMap(({ name, index }, at) => {
		const same = named.filter((heading) => heading.name === name);
		// Listed once, so that the person sees why it cannot be chosen.
		return same[0] === named[at] ? [{ name, index, isTwice: same.length > 1 }] : [];
	});
}

/**
 * A column as discovery tells of it. Its id is its heading: it survives moving the column, and a heading that was changed is noticed
 * and named before anything is written.
 *
 * @param mayWrite whether the account may edit this file at all
 */
export function tableField({ name, index, isTwice }: Heading, sheet: SheetEntry, mayWrite: boolean): TableField {
	const table = typedTableOf(sheet);
	const first = table?.range.startColumnIndex ?? 0;
	const end = table?.range.endColumnIndex ?? 0;
	const isInside = table !== null && index >= first && index < end;
	const properties = table?.columnProperties?.find(({ columnIndex = 0 }) => columnIndex === index - first);
	const columnType = isInside ? (properties?.columnType ?? untyped) : untyped;
	const kind = columnType === untyped || columnType === "COLUMN_TYPE_UNSPECIFIED" ? "text" : kinds[columnType];
	const options = properties?.dataValidationRule?.condition?.values?.flatMap(({ userEnteredValue }) =>
		userEnteredValue === undefined ? [] : [userEnteredValue],
	);
	const isUsable = kind !== undefined && !isTwice;
	return {
		id: name,
		name,
		type: isUsable ? kind : "unsupported",
		providerType: isTwice ? "heading used twice" : columnType,
		writable: mayWrite && isUsable,
		matchable: mayWrite && isUsable && kind !== "boolean",
		...(kind === "select" && options !== undefined ? { options } : {}),
	};
}
