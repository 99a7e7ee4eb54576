import { vocabulary } from "../vocabulary.ts";
import { bounds } from "./bounds.ts";
import { type Slot, slotsOf } from "./card-slots.ts";
import { emptyValue, type RawValue } from "./cell.ts";
import { fieldOfClass } from "./column-names.ts";
import { commonPath, covers } from "./column-paths.ts";
import type { HeadedItems } from "./list-header.ts";
import type { RawColumn, RawRow, Sheet } from "./sheet.ts";

type Column = RawColumn & { at: number; child: number; values: Map<number, RawValue> };

const basePath = (path: string): string => path.replace(/#\d+$/, "");

/** Columns in the order in which the cards say them; one that only a later card has comes after what stands before it there. */
const gather = (cards: readonly Slot[][]): Column[] => {
	const columns = new Map<string, Column>();
	for (const [row, slots] of cards.entries()) {
		let before = 0;
		for (const { path, field, name, child, value } of slots) {
			const at = before + 0.001 * (columns.size + 1);
			const held = columns.get(path) ?? { path, field, name, child, at, values: new Map<number, RawValue>() };
			columns.set(path, held);
			held.values.set(row, value);
			before = Math.max(before, held.at);
		}
	}
	return [...columns.values()].toSorted((one, other) => one.at - other.at);
};

/** Of one place several times in a card, and not as often in each: the parts of a list. As often in each: columns of their own. */
const joinRepeats = (columns: readonly Column[], cards: readonly Slot[][]): Column[] => {
	const groups = new Map<string, Column[]>();
	for (const column of columns) {
		const base = basePath(column.path);
		groups.set(base, [...(groups.get(base) ?? []), column]);
	}
	return [...groups.values()].flatMap((group): Column[] => {
		const [first] = group;
		if (first === undefined || group.length === 1) return group;
		const counts = cards.map((_, row) => group.filter(({ values }) => values.has(row)).length);
		if (new Set(counts.filter((count) => count > 0)).size === 1) return group;
		const values = cards.map((_, row) => group.flatMap(({ values }) => values.get(row) ?? []));
		const joined = values.map((found): RawValue => {
			const items = found.map(({ text }) => text).filter((text) => text !== "");
			return { ...emptyValue, text: items.join(", "), items, image: found[0]?.image ?? null };
		});
		const said = [...joined.entries()].filter(([, { text, image }]) => text !== "" || image !== null);
		// What holds the parts may say what they are together: `ul.tags`.
		const holder = basePath(first.path).split("/").at(-2)?.split(".").slice(1) ?? [];
		const field = first.field ?? holder.map(fieldOfClass).find((found) => found !== null) ?? null;
		return [{ ...first, field, values: new Map(said) }];
	});
};

/** Places that are called a little otherwise in some cards, and never both in one, are one column. */
const joinVariants = (columns: readonly Column[]): Column[] => {
	const joined: Column[] = [];
	for (const column of columns) {
		const at = joined.findIndex(
			(held) =>
				held.field === column.field &&
				commonPath(held.path, column.path) !== null &&
				![...column.values.keys()].some((row) => held.values.has(row)),
		);
		const held = joined[at];
		if (held === undefined) joined.push(column);
		else {
			const values = new Map([...held.values, ...column.values]);
			const name = held.name === column.name ? held.name : "";
			joined[at] = { ...held, path: commonPath(held.path, column.path) ?? held.path, name, values };
		}
	}
	return joined;
};

/** A column that was found before under fewer names is that one, where that one itself is not here. */
const asKnown = (columns: readonly Column[], known: ReadonlySet<string>): Column[] => {
	const here = new Set(columns.map(({ path }) => path));
	const missing = [...known].filter((path) => !here.has(path));
	return columns.map((column) => {
		const path = known.has(column.path) ? undefined : missing.find((found) => covers(found, column.path));
		return path === undefined ? column : { ...column, path };
	});
};

const texts = ({ values }: Column): string[] =>
	[...values.values()].map(({ text }) => text).filter((text) => text !== "");

/** Says nothing of the thing: a separator, or a button's words that are the same on every card. */
const isOrnament = (column: Column, count: number): boolean => {
	const said = texts(column);
	if (said.length === 0) return ![...column.values.values()].some(({ image, link }) => image !== null || link !== null);
	if (said.every((text) => !/[\p{L}\p{N}]/u.test(text))) return true;
	if (column.path.includes("/#text") && said.length > 1 && new Set(said).size === 1) return true;
	const linked = [...column.values.values()].every(({ link }) => link !== null);
	return linked && count >= 3 && said.length >= count * 0.6 && new Set(said).size === 1;
};

/** `Location: Berlin` on most cards is a column that is called Location. */
const takeLabel = (column: Column): Column => {
	const said = texts(column);
	const label = /^([^:：]{2,30})[:：]\s*\S/u.exec(said[0] ?? "")?.[1];
	if (label === undefined || said.length < 3) return column;
	const start = new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*[:：]\\s*`, "u");
	if (said.filter((text) => start.test(text)).length < said.length * 0.6) return column;
	const values = [...column.values.entries()].map(([row, value]): [number, RawValue] => [
		row,
		{ ...value, text: value.text.replace(start, "") },
	]);
	return { ...column, name: label.trim(), field: null, values: new Map(values) };
};

/** `(1,234 reviews)` where a number is meant. */
const takeNumber = (column: Column): Column => {
	if (column.field === null || vocabulary[column.field].type !== "number") return column;
	const values = [...column.values.entries()].map(([row, value]): [number, RawValue] => {
		const numbers = value.text.match(/\p{Nd}[\p{Nd}.,'’\u00a0\u202f]*(?:\s?[kmKM]\b)?/gu) ?? [];
		const [only] = numbers;
		return [row, only !== undefined && numbers.length === 1 ? { ...value, text: only.replace(/[.,]+$/, "") } : value];
	});
	return { ...column, values: new Map(values) };
};

/** Columns under the names of a header; of several in one child of the row the first is the one meant. */
const underNames = (columns: readonly Column[], names: readonly string[]): Column[] => {
	const taken = new Set<number>();
	return columns.map((column) => {
		const name = names[column.child] ?? "";
		if (name === "" || taken.has(column.child)) return column;
		taken.add(column.child);
		return { ...column, name, field: null };
	});
};

/** Only one column is a field; others that look like it keep their own names. */
const onceEach = (columns: readonly Column[]): Column[] => {
	const taken = new Set<string>();
	return columns.map((column) => {
		if (column.field === null) return column;
		const isFirst = !taken.has(column.field);
		taken.add(column.field);
		return isFirst ? column : { ...column, field: null };
	});
};

/** What the card is called, where nothing says so: its first linked words, or its first words that differ from card to card. */
const withTitle = (columns: readonly Column[], count: number): Column[] => {
	if (columns.some(({ field }) => field === "title")) return [...columns];
	const names = columns.filter((column) => {
		const said = texts(column);
		const words = said.filter((text) => text.length >= 2 && /\p{L}/u.test(text));
		return (
			column.field === null && column.name === "" && words.length >= count * 0.7 && new Set(said).size >= count * 0.5
		);
	});
	const linked = names.find(
		({ values }) => [...values.values()].filter(({ link }) => link !== null).length >= count * 0.5,
	);
	const chosen = linked ?? names[0];
	return columns.map((column) => (column === chosen ? { ...column, field: "title" } : column));
};

/** The longest words that nothing names tell what the thing is. */
const withDescription = (columns: readonly Column[]): Column[] => {
	if (columns.some(({ field }) => field === "description")) return [...columns];
	const meanLength = (column: Column): number => texts(column).join("").length / Math.max(1, column.values.size);
	const [longest] = columns
		.filter(({ field, name }) => field === null && name === "")
		.toSorted((one, other) => meanLength(other) - meanLength(one));
	if (longest === undefined || meanLength(longest) < 40) return [...columns];
	return columns.map((column) => (column === longest ? { ...column, field: "description" } : column));
};

/** One card of many says it, and nothing tells what it is. */
const isStray = ({ field, name, values }: Column, count: number): boolean =>
	values.size === 1 && count >= 4 && field === null && name === "";

/**
 * A list of cards as columns and rows.
 * @param known paths of columns that are kept though here only one card has them.
 */
export const readList = ({ items, names }: HeadedItems, base: string, known: ReadonlySet<string>): Sheet => {
	const read = items.slice(0, bounds.rows);
	const cards = read.map((item) => slotsOf(item, base));
	const columns = asKnown(joinVariants(joinRepeats(gather(cards), cards)), known)
		.filter((column) => known.has(column.path) || !isOrnament(column, cards.length))
		.filter((column) => known.has(column.path) || !isStray(column, cards.length))
		.map((column) => takeNumber(takeLabel(column)));
	const headed = underNames(onceEach(columns), names);
	const named = names.length > 0 ? headed : withDescription(withTitle(headed, cards.length));
	return {
		columns: named.map(({ path, name, field }) => ({ path, name, field })),
		rows: read.map(
			(element, row): RawRow => ({
				values: named.map(({ values }) => values.get(row) ?? null),
				mark: element.getAttribute("aria-rowindex") ?? element.getAttribute("aria-posinset") ?? "",
			}),
		),
	};
};
