import type { FieldValue } from "../../../backend/contract/fields.ts";
import { normalUrl } from "../normal-url.ts";
import { fieldNames, vocabulary } from "../vocabulary.ts";
import { bounds } from "./bounds.ts";
import type { Described } from "./described.ts";
import type { Found } from "./found.ts";
import { hashOf } from "./hash.ts";
import type { TableColumn, TableRow } from "./types.ts";

const nameKey = (name: string): string => name.toLowerCase().replace(/\s+/g, " ").trim();

const titleOf = ({ cells }: TableRow): string => {
	const title = cells["title"] ?? Object.values(cells).find(({ type }) => type === "text");
	return title?.type === "text" ? nameKey(title.value) : "";
};

type Joined = { columns: TableColumn[]; rows: TableRow[] };

/** Which described thing each row is: by its address, else by its name. */
const match = (rows: readonly TableRow[], described: readonly Described[]): (Described | undefined)[] => {
	const byUrl = new Map(described.flatMap((one) => (one.url === null ? [] : [[normalUrl(one.url), one] as const])));
	const byName = new Map(described.flatMap((one) => (one.name === "" ? [] : [[nameKey(one.name), one] as const])));
	return rows.map((row) => (row.url === null ? undefined : byUrl.get(normalUrl(row.url))) ?? byName.get(titleOf(row)));
};

/** The rows with what the page says of them for machines, in columns that they did not have. */
const joinDescribed = ({ columns, rows }: Joined, described: readonly Described[]): Joined => {
	const matched = match(rows, described);
	const has = new Set(columns.map(({ id }) => id));
	const added = fieldNames.filter((name) => !has.has(name) && matched.some((one) => one?.fields[name] !== undefined));
	const joined = rows.map((row, at): TableRow => {
		const fields = matched[at]?.fields ?? {};
		const more = added.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]] as const]));
		return { ...row, cells: { ...row.cells, ...Object.fromEntries(more) }, url: row.url ?? matched[at]?.url ?? null };
	});
	const fresh = added.map((name): TableColumn => {
		const filled = joined.filter(({ cells }) => Object.hasOwn(cells, name)).length / Math.max(1, joined.length);
		return { id: name, name: "", type: vocabulary[name].type, filled, path: `json-ld:${name}` };
	});
	return { columns: [...columns, ...fresh], rows: joined };
};

/** What is described and nowhere to be seen, as rows of its own. */
const describedRows = (described: readonly Described[]): Joined => {
	const rows = described.map(({ name, url, fields }): TableRow => {
		const title: Record<string, FieldValue> = name === "" ? {} : { title: { type: "text", value: name } };
		const cells = { ...title, ...(url === null ? {} : { url: { type: "url" as const, value: url } }) };
		return { id: hashOf(JSON.stringify([cells, fields])), cells, url };
	});
	const own = (["title", "url"] as const).map((id): TableColumn => {
		const filled = rows.filter(({ cells }) => Object.hasOwn(cells, id)).length / Math.max(1, rows.length);
		return { id, name: "", type: vocabulary[id].type, filled, path: `json-ld:${id}` };
	});
	return joinDescribed({ columns: own.filter(({ filled }) => filled > 0), rows }, described);
};

/** What the page describes for machines and shows nowhere as a list, as one of its own: last in worth, but there. */
const hiddenList = (described: readonly Described[]): Found => {
	const all = describedRows(described);
	return {
		id: hashOf("described"),
		kind: "list",
		items: [],
		title: "",
		total: all.rows.length,
		score: Math.sqrt(all.rows.length) * all.columns.length * 0.5,
		columns: all.columns,
		rows: all.rows.slice(0, bounds.sampleRows),
		read: (limit) => ({ columns: all.columns, rows: all.rows.slice(0, limit) }),
	};
};

/** Joins what the page describes to the tables and lists that show it. */
export const withDescribed = (found: readonly Found[], described: readonly Described[]): Found[] => {
	if (described.length === 0) return [...found];
	let shown = 0;
	const joined = found.map((table): Found => {
		const matches = match(table.rows, described).filter((one) => one !== undefined).length;
		shown = Math.max(shown, matches);
		if (matches < 3 || matches < table.rows.length / 2) return table;
		const read: Found["read"] = (limit, known) => joinDescribed(table.read(limit, known), described);
		return { ...table, ...joinDescribed(table, described), read };
	});
	return shown > 0 ? joined : [...joined, hiddenList(described)];
};
