import { cleanLine } from "../values/text.ts";
import { bounds } from "./bounds.ts";
import { textOf } from "./cell.ts";
import { readDescribed } from "./described.ts";
import { tagOf } from "./element-facts.ts";
import type { Found } from "./found.ts";
import { hashOf } from "./hash.ts";
import { groupItems, type ItemGroup } from "./item-groups.ts";
import { withDescribed } from "./join-described.ts";
import { headItems } from "./list-header.ts";
import { baseOf, type Page } from "./page.ts";
import { readList } from "./read-list.ts";
import { readTable, tableSelector } from "./read-table.ts";
import { finishSheet, type Sheet } from "./sheet.ts";
import { rowsOf } from "./table-matrix.ts";
import type { TableColumn, TableShape } from "./types.ts";

const languageOf = ({ document }: Page): string => cleanLine(document.documentElement?.getAttribute("lang") ?? "", 35);

const aside =
	'nav,footer,aside,[role="navigation"],[role="contentinfo"],[role="banner"],[role="complementary"],body>header';
const asideNames =
	/(?:^|[\s_-])(?:menu|nav|navbar|footer|sidebar|breadcrumbs?|paginat\w*|pager|social|share|cookies?|related|recommended|similar|toc|legal|languages?|lang)(?:[\s_-]|$)/i;

/** How likely the place is where a page has its own rows: 1 in the middle, little around it. */
const placeOf = (element: Element): number => {
	if (element.closest(aside) !== null) return 0.1;
	for (let at: Element | null = element; at !== null; at = at.parentElement) {
		if (asideNames.test(`${at.getAttribute("class") ?? ""} ${at.id}`) && tagOf(at) !== "BODY") return 0.2;
	}
	return element.closest("main,[role='main']") === null ? 1 : 1.3;
};

/** Above how few is a table or list not worth showing. */
const leastScore = 0.6;

const worth = (rows: number, columns: number, place: number): number =>
	Math.sqrt(Math.min(rows, 200)) * Math.min(columns, 8) ** 0.8 * place;

const headings = "h1,h2,h3,h4,h5,h6,[role='heading'],caption,legend";

const ownWords = (element: Element): string => {
	const texts = Array.from(element.childNodes).map((node) => (node.nodeType === 3 ? (node.nodeValue ?? "") : ""));
	return cleanLine(texts.join(" "), 200);
};

/** The heading that stands over an element: the last one before it, up to the page's own. */
const headingOver = (element: Element): string => {
	for (let at: Element | null = element; at !== null; at = at.parentElement) {
		// A heading that was never closed holds all that follows.
		if (at !== element && at.matches("h1,h2,h3,h4,h5,h6")) return ownWords(at);
		const label = at === element ? "" : (at.getAttribute("aria-label") ?? "");
		if (label !== "" && tagOf(at) !== "BODY") return cleanLine(label, 200);
		for (let before = at.previousElementSibling; before !== null; before = before.previousElementSibling) {
			const found = before.matches(headings) ? before : Array.from(before.querySelectorAll(headings)).at(-1);
			if (found !== undefined) return cleanLine(textOf(found), 200);
		}
	}
	return "";
};

type Reading = { base: string; language: string };

const foundTable = (element: Element, reading: Reading): Found | null => {
	const sample = readTable(element, reading.base, bounds.sampleRows);
	if (sample === null) return null;
	const options = { language: reading.language, known: [] };
	const { columns, rows } = finishSheet(sample.sheet, options);
	if (columns.length < 2 || rows.length === 0) return null;
	const named = columns.filter(({ name }) => name !== "").length > columns.length / 2;
	const names = columns.map(({ name, path }) => (name === "" ? path : name));
	return {
		id: hashOf(`table:${names.join("|")}`),
		kind: "table",
		items: rowsOf(element),
		title: sample.title || headingOver(element),
		total: sample.total,
		score: worth(sample.total, columns.length, placeOf(element)) * (named ? 1.4 : 0.8),
		columns,
		rows,
		read: (limit, known) => {
			const sheet: Sheet = readTable(element, reading.base, limit)?.sheet ?? { columns: [], rows: [] };
			return finishSheet(sheet, { language: reading.language, known });
		},
	};
};

const foundList = (group: ItemGroup, reading: Reading): Found | null => {
	const { path } = group;
	const { items, names } = headItems(group.items);
	const first = items[0];
	if (first === undefined) return null;
	const read = (limit: number, known: readonly TableColumn[]) => {
		const paths = new Set(known.map((column) => column.path));
		return finishSheet(readList({ items: items.slice(0, limit), names }, reading.base, paths), {
			language: reading.language,
			known,
		});
	};
	const { columns, rows } = read(bounds.sampleRows, []);
	if (rows.length < 3) return null;
	const title = first.parentElement?.getAttribute("aria-label") ?? headingOver(first);
	return {
		id: hashOf(`list:${path}`),
		kind: "list",
		items,
		title: cleanLine(title, 200),
		total: items.length,
		score: worth(items.length, columns.length, placeOf(first)),
		columns,
		rows,
		read,
	};
};

const tablesOf = (document: Document, reading: Reading): { found: Found[]; elements: Set<Element> } => {
	const found: Found[] = [];
	const elements = new Set<Element>();
	for (const element of Array.from(document.querySelectorAll(tableSelector)).slice(0, 300)) {
		const table = foundTable(element, reading);
		if (table === null) continue;
		elements.add(element);
		found.push(table);
	}
	return { found, elements };
};

/** Tables of one page that are headed alike are told apart by their number. */
const apart = (found: readonly Found[]): Found[] => {
	const times = new Map<string, number>();
	return found.map((table) => {
		const number = (times.get(table.id) ?? 0) + 1;
		times.set(table.id, number);
		return number === 1 ? table : { ...table, id: `${table.id}#${number}` };
	});
};

/** Every table and list of the page that is worth showing, the most useful first. */
export const findSheets = (page: Page): Found[] => {
	const { document } = page;
	const reading: Reading = { base: baseOf(page), language: languageOf(page) };
	const { found, elements } = tablesOf(document, reading);
	const groups = document.body === null ? [] : groupItems(document.body, elements);
	const lists = groups.flatMap((group) => foundList(group, reading) ?? []);
	const described = readDescribed(document, reading.base, reading.language);
	return withDescribed(apart([...found, ...lists]), described)
		.filter(({ score }) => score >= leastScore)
		.toSorted((one, other) => other.score - one.score)
		.slice(0, bounds.tables);
};

const overlap = (columns: readonly TableColumn[], wanted: readonly TableColumn[]): number => {
	const ids = new Set(columns.map(({ id }) => id));
	return wanted.filter(({ id }) => ids.has(id)).length / Math.max(wanted.length, ids.size, 1);
};

/** The table that was found before, in this document as it is now: the same one, else the most alike. */
export const findAgain = (page: Page, shape: TableShape): Found | null => {
	const found = findSheets(page);
	const same = found.find(({ id, kind }) => id === shape.id && kind === shape.kind);
	if (same !== undefined) return same;
	const alike = found
		.filter(({ kind }) => kind === shape.kind)
		.map((table) => ({ table, share: overlap(table.columns, shape.columns) }))
		.toSorted((one, other) => other.share - one.share)[0];
	return alike !== undefined && alike.share >= 0.6 ? alike.table : null;
};
