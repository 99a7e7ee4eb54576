import type { FieldType } from "../../../../backend/contract/fields.ts";
import type { TargetView } from "../../../../backend/contract/targets.ts";
import type { TableColumn } from "../../../capture/tables/types.ts";
import { suggestColumn } from "./suggest-columns.ts";

/** What a column of the grid is filled with. */
export type ColumnSource =
	/** `path`: where in a row its values stand. */
	| { of: "cell"; column: string; path: string }
	/** The address the row leads to. */
	| { of: "row-address" }
	/** The same text in every row. */
	| { of: "text"; text: string };

/** A column of the grid. Those that are not shown are not sent, and can be put back. */
export type GridColumn = {
	id: string;
	/** What stands over it, and what stood there before a person gave it another name. */
	name: string;
	foundName: string;
	type: FieldType;
	source: ColumnSource;
	shown: boolean;
	/** The target's column that it fills; null: its values stay with the record, and no column gets them. */
	to: string | null;
	/** Whether a person said what it fills: then nothing is suggested any more. */
	chosen: boolean;
};

/** As much of a target as the grid needs. */
export type GridTarget = Pick<TargetView, "id" | "mapping" | "columns" | "matchKey">;

const rowAddressId = "row address";

/** The columns of a table as it was found. `rowAddress`: what the column of the rows' addresses is called, where rows have any. */
export function columnsOf(
	found: readonly TableColumn[],
	{ target, rowAddress }: { target: GridTarget | null; rowAddress: string | null },
): GridColumn[] {
	const cells = found.map(columnOf);
	const hasAddress = found.some(({ type }) => type === "url");
	const address: GridColumn[] =
		rowAddress === null
			? []
			: [
					{
						...blank,
						id: rowAddressId,
						name: rowAddress,
						foundName: rowAddress,
						type: "url",
						source: { of: "row-address" },
						shown: !hasAddress,
					},
				];
	return aimed([...cells, ...address], target);
}

const blank = { shown: true, to: null, chosen: false } as const;

function columnOf({ id, name, type, path }: TableColumn): GridColumn {
	return { ...blank, id, name, foundName: name, type, source: { of: "cell", column: id, path } };
}

/** With the columns that only later pages have; what a person changed stays. */
export function joined(
	columns: readonly GridColumn[],
	found: readonly TableColumn[],
	target: GridTarget | null,
): GridColumn[] {
	const known = new Set(columns.map(({ id }) => id));
	const fresh = found.filter(({ id }) => !known.has(id)).map(columnOf);
	return fresh.length === 0 ? [...columns] : aimed([...columns, ...fresh], target);
}

/** Suggests which column of the target each one fills; what a person has chosen goes first. */
export function aimed(columns: readonly GridColumn[], target: GridTarget | null): GridColumn[] {
	const has = new Set(target?.mapping.map(({ to }) => to));
	const chosen = columns.map((column) =>
		column.chosen && column.to !== null && has.has(column.to) ? column.to : null,
	);
	const taken = new Set(chosen.filter((to) => to !== null));
	return columns.map((column, place) => {
		const kept = chosen[place] ?? null;
		if (kept !== null || (column.chosen && column.to === null)) return { ...column, to: kept };
		const to = column.shown && target ? suggestColumn({ ...column, id: ownName(column) }, target, taken) : null;
		if (to !== null) taken.add(to);
		return { ...column, to, chosen: false };
	});
}

export type ColumnChange = Partial<Pick<GridColumn, "name" | "type" | "shown" | "to" | "source">>;

/** One column changed. A target's column is filled by one column only: another one gives it up. */
export function changed(columns: readonly GridColumn[], id: string, change: ColumnChange): GridColumn[] {
	const { to } = change;
	return columns.map((column) => {
		if (column.id === id) return { ...column, ...change, ...(to === undefined ? {} : { chosen: true }) };
		return to && column.to === to ? { ...column, to: null, chosen: true } : column;
	});
}

/** A column more, with the same text in every row. */
export function withText(columns: readonly GridColumn[], { name, text }: { name: string; text: string }): GridColumn[] {
	let number = columns.length;
	while (columns.some(({ id }) => id === `text ${number}`)) number += 1;
	return [
		...columns,
		{ ...blank, id: `text ${number}`, name, foundName: "", type: "text", source: { of: "text", text } },
	];
}

/** The longest name of a field that travels. */
const maxNameChars = 128;

/**
 * The field each shown column is saved as: the one the target's mapping reads for the column it fills, else its own name. Two fields never
 * have one name.
 */
export function fieldNames(columns: readonly GridColumn[], target: GridTarget | null): Map<string, string> {
	const names = new Map<string, string>();
	const used = new Set<string>();
	const take = (id: string, wanted: string) => {
		let name = wanted.slice(0, maxNameChars);
		for (let number = 2; used.has(name); number += 1) name = `${wanted.slice(0, maxNameChars - 4)} ${number}`;
		used.add(name);
		names.set(id, name);
	};
	const shown = columns.filter((column) => column.shown);
	for (const { id, to } of shown) {
		const entry = to === null ? undefined : target?.mapping.find((one) => one.to === to);
		if (entry) take(id, entry.from);
	}
	for (const column of shown) if (!names.has(column.id)) take(column.id, ownName(column));
	return names;
}

/** A column keeps the name of the field it was found as until a person gives it another: that one may be a field of Sheaf's own. */
function ownName({ id, name, foundName, source }: GridColumn): string {
	if (name !== foundName && name !== "") return name;
	return source.of === "row-address" ? "url" : id;
}
