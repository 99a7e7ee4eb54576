import { Value } from "@sinclair/typebox/value";
import type { TableField } from "../../contract/connections.ts";
import { type ColumnEntry, ColumnOptions, type TableEntry } from "./replies.ts";

type Kind = { type: TableField["type"]; matchable: boolean };

/**
 * NocoDB's writable types in Sheaf's words. What is not here is computed (formula, lookup, rollup, numbers and people it sets itself),
 * wants a person of theirs, is written another way (links, which have requests of their own), or is newer than this list.
 */
const kinds: Readonly<Record<string, Kind>> = {
	SingleLineText: { type: "text", matchable: true },
	LongText: { type: "long_text", matchable: false },
	Email: { type: "email", matchable: true },
	URL: { type: "url", matchable: true },
	PhoneNumber: { type: "phone", matchable: true },
	Number: { type: "number", matchable: true },
	Decimal: { type: "number", matchable: true },
	Year: { type: "number", matchable: true },
	Currency: { type: "currency", matchable: true },
	Percent: { type: "percent", matchable: false },
	Rating: { type: "rating", matchable: false },
	Duration: { type: "duration", matchable: false },
	Checkbox: { type: "boolean", matchable: false },
	Date: { type: "date", matchable: false },
	DateTime: { type: "datetime", matchable: false },
	SingleSelect: { type: "select", matchable: true },
	MultiSelect: { type: "multi_select", matchable: false },
	Attachment: { type: "attachment", matchable: false },
};

/** How Sheaf's types are made there. */
export const typeNames: Readonly<Partial<Record<TableField["type"], string>>> = {
	text: "SingleLineText",
	long_text: "LongText",
	rich_text: "LongText",
	url: "URL",
	email: "Email",
	phone: "PhoneNumber",
	number: "Decimal",
	currency: "Currency",
	percent: "Percent",
	rating: "Rating",
	duration: "Duration",
	boolean: "Checkbox",
	date: "Date",
	datetime: "DateTime",
	select: "SingleSelect",
	multi_select: "MultiSelect",
	attachment: "Attachment",
};

export function isKnownType(uidt: string): boolean {
	return kinds[uidt] !== undefined;
}

/** @param hasKey whether rows of the table can be named: without, an update of one row would change all of them */
export function tableField(column: ColumnEntry, hasKey: boolean): TableField {
	const kind = kinds[column.uidt];
	const open = hasKey && kind !== undefined && column.pk !== true && column.readonly !== true;
	return {
		id: column.id,
		name: column.title,
		type: kind?.type ?? "unsupported",
		providerType: column.uidt,
		writable: open,
		matchable: open && kind.matchable,
		...(kind?.type === "select" || kind?.type === "multi_select" ? { options: choicesOf(column) } : {}),
		...(kind?.type === "rating" ? { max: maxOf(column.meta) } : {}),
		...(open && isRequired(column) ? { required: true as const } : {}),
	};
}

/** What it keeps for itself is not shown: who and when, and the order of rows. */
export function visibleColumns(table: TableEntry): ColumnEntry[] {
	return table.columns.filter(({ system, uidt }) => (system !== true && system !== 1) || uidt === "ID");
}

/** The one column that names a row; null where there is none or several, and rows cannot be told apart by one value. */
export function keyColumn(table: TableEntry): ColumnEntry | null {
	const [column, ...more] = table.columns.filter(({ pk }) => pk === true || pk === 1);
	return column !== undefined && more.length === 0 ? column : null;
}

export function choicesOf({ colOptions }: Pick<ColumnEntry, "colOptions">): string[] {
	return Value.Check(ColumnOptions, colOptions) ? colOptions.options.map(({ title }) => title) : [];
}

function isRequired({ rqd, cdf }: Pick<ColumnEntry, "rqd" | "cdf">): boolean {
	return (rqd === true || rqd === 1) && (cdf === undefined || cdf === null || cdf === "");
}

/** `meta` is an object, or its JSON on older servers; five stars unless it says otherwise. */
function maxOf(meta: unknown): number {
	const text = typeof meta === "string" ? meta : JSON.stringify(meta ?? {});
	return Number(/"max":\s*"?(\d+)/.exec(text)?.[1] ?? 5);
}
