import { cleanLine } from "../values/text.ts";
import { bounds } from "./bounds.ts";
import { textOf } from "./cell.ts";

/** The rows of a list with the names that stand over them, by the place among a row's children; none: no header. */
export type HeadedItems = { items: readonly Element[]; names: readonly string[] };

const looksLikeHead = (element: Element): boolean =>
	/(?:^|[\s_-])(?:head|header|thead|heading|titles|labels)(?:[\s_-]|$)/i.test(element.getAttribute("class") ?? "");

const namesIn = (element: Element): string[] =>
	Array.from(element.children).map((child) => cleanLine(textOf(child), bounds.nameChars));

/** Short words over each child of the rows, and nothing else: no picture, no number, no two alike. */
const namesOver = (head: Element, row: Element): string[] => {
	if (head.children.length < 2 || head.children.length !== row.children.length) return [];
	if (head.querySelector("img,h1,h2,h3") !== null) return [];
	const names = namesIn(head);
	const said = names.filter((name) => name !== "");
	const isNames = said.every((name) => name.length <= 40 && !/^[\p{Nd}\p{Sc}\s.,-]+$/u.test(name));
	return isNames && said.length >= 2 && new Set(said).size === said.length ? names : [];
};

/** A header is the row before the first one, there or in a part of its own, or a first row that is marked as one. */
export const headItems = (items: readonly Element[]): HeadedItems => {
	const [first, second] = items;
	if (first === undefined || second === undefined) return { items, names: [] };
	if (looksLikeHead(first) && !looksLikeHead(second)) {
		const names = namesOver(first, second);
		if (names.length > 0) return { items: items.slice(1), names };
	}
	const before = [first.previousElementSibling, first.parentElement?.previousElementSibling ?? null];
	const around = before.flatMap((head) => (head === null ? [] : [head, ...Array.from(head.children).slice(0, 3)]));
	const heads = around.filter((head) => looksLikeHead(head) || head === before[0]);
	return { items, names: heads.map((head) => namesOver(head, first)).find((names) => names.length > 0) ?? [] };
};
