import { classesOf, tagOf } from "./element-facts.ts";

/** Containers and their children looked at: this is part of every capture, and may cost nearly nothing. */
const mostContainers = 3_000;
const mostChildren = 20_000;
/** Fewer are sent one by one. */
const fewest = 4;

const aside = "nav,footer,aside,header,[role='navigation'],[role='contentinfo'],[role='banner']";

const countTableRows = (table: Element): number => {
	if (table.matches("[role='presentation'],[role='none']") || table.querySelector("table") !== null) return 0;
	const rows = Array.from(table.querySelectorAll("tr,[role='row']")).slice(0, mostChildren);
	return rows.filter((row) => row.querySelectorAll("td,[role='cell'],[role='gridcell']").length >= 2).length;
};

/** A link with words around it, and not a whole page: enough for the first of many to be an item. */
const isItem = (element: Element): boolean => {
	const hasLink = tagOf(element) === "A" || element.querySelector("a[href]") !== null;
	const length = hasLink && element.childElementCount > 0 ? (element.textContent ?? "").trim().length : 0;
	return length >= 15 && length <= 4_000;
};

const countItems = (container: Element): number => {
	const counts = new Map<string, { first: Element; count: number }>();
	for (const child of Array.from(container.children).slice(0, mostChildren)) {
		const name = `${tagOf(child)}.${classesOf(child)[0] ?? ""}`;
		const held = counts.get(name);
		counts.set(name, { first: held?.first ?? child, count: (held?.count ?? 0) + 1 });
	}
	const likely = [...counts.values()].filter(({ count }) => count >= fewest);
	return Math.max(0, ...likely.filter(({ first }) => isItem(first)).map(({ count }) => count));
};

/**
 * About how many rows the page's longest table or list has, so that it can be offered; 0: none is worth it. Counted, not read:
 * what `find` answers may differ by a header.
 */
export const countRows = (document: Document): number => {
	const tables = Array.from(document.querySelectorAll("table,[role='table'],[role='grid']")).slice(0, 50);
	let most = Math.max(0, ...tables.map(countTableRows));
	let left = mostChildren;
	for (const container of Array.from(document.querySelectorAll("ul,ol,div,section,main")).slice(0, mostContainers)) {
		if (container.childElementCount < Math.max(fewest, most) || left <= 0) continue;
		left -= container.childElementCount;
		if (container.closest(aside) === null) most = Math.max(most, countItems(container));
	}
	return most >= fewest ? most : 0;
};
