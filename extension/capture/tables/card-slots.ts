import { cleanLine } from "../values/text.ts";
import type { FieldName } from "../vocabulary.ts";
import { bounds } from "./bounds.ts";
import { emptyValue, type RawValue, readCell } from "./cell.ts";
import { fieldOfClass, wordsOfClass } from "./column-names.ts";
import { classesOf, imageAddress, isForEyesOnly, isHidden, linkAddress, stepOf, tagOf } from "./element-facts.ts";

/** One thing that a card says: where in the card, what its place means, and what it says. */
export type Slot = {
	path: string;
	field: FieldName | null;
	name: string;
	value: RawValue;
	/** In which of the card's own children it stands, from 0; -1: in the card itself. */
	child: number;
};

const inline = new Set(
	"B I EM STRONG SPAN A SUP SUB SMALL BR MARK ABBR TIME BDI U CODE FONT WBR INS DATA Q CITE VAR".split(" "),
);
const controls = new Set("BUTTON INPUT SELECT TEXTAREA OPTION".split(" "));
const headings = new Set("H1 H2 H3 H4 H5 H6".split(" "));

/** `4.5 out of 5 stars`, `4,5 von 5`, `4.5/5`: said in a label, since the stars are pictures. */
const ratingLabel = /(\d(?:[.,]\d{1,2})?)\s*(?:out of|of|von|sur|de|di|\/|★)\s*(?:5|10)\b/i;

type Reading = { base: string; slots: Slot[]; left: number; repeats: Map<string, number> };
type Place = { path: string; link: string | null; depth: number; child: number };

/** The names that say what an element is: its `itemprop`, what testers call it, its classes. */
const namesOf = (element: Element): string[] => [
	...(element.getAttribute("itemprop") ?? "").split(/\s+/),
	...["data-testid", "data-test", "data-qa"].map((name) => element.getAttribute(name) ?? ""),
	...classesOf(element),
];

/** What an element's place in the markup means; an outer element may say it of the one thing in it. */
const meaningOf = (element: Element, levels = 2): { field: FieldName | null; name: string } => {
	let name = "";
	let at: Element | null = element;
	for (let level = 0; level <= levels && at !== null; level += 1) {
		const tag = tagOf(at);
		const names = namesOf(at).filter((found) => found !== "");
		if ((tag === "DEL" || tag === "S" || tag === "STRIKE") && level === 0) return { field: "originalPrice", name };
		const field = names.map(fieldOfClass).find((found) => found !== null) ?? null;
		if (field !== null) return { field, name };
		if (headings.has(tag)) return { field: "title", name };
		if (name === "") name = names.map(wordsOfClass).find((words) => words !== "") ?? "";
		// What holds several things says what all of them are together.
		at = at.parentElement?.children.length === 1 ? at.parentElement : null;
	}
	return { field: tagOf(element) === "TIME" ? "published" : null, name };
};

const add = (reading: Reading, slot: Slot): void => {
	const times = (reading.repeats.get(slot.path) ?? 0) + 1;
	reading.repeats.set(slot.path, times);
	if (times <= bounds.cellItems) reading.slots.push(times === 1 ? slot : { ...slot, path: `${slot.path}#${times}` });
};

const hasOwnText = (element: Element): boolean =>
	Array.from(element.childNodes).some((node) => node.nodeType === 3 && /[\p{L}\p{N}]/u.test(node.nodeValue ?? ""));

const isMeaningful = (element: Element): boolean =>
	["A", "TIME", "DATA"].includes(tagOf(element)) ||
	namesOf(element).some((name) => name !== "" && (fieldOfClass(name) !== null || wordsOfClass(name) !== ""));

/** Whether it is read as one text: words of its own, and in it nothing that says more than they do. */
const isLeaf = (element: Element): boolean => {
	const children = Array.from(element.children);
	if (children.length === 0) return true;
	if (!children.every((child) => inline.has(tagOf(child)))) return false;
	if (!hasOwnText(element)) return false;
	const parts = children.filter(isMeaningful).reduce((sum, child) => sum + (child.textContent ?? "").length, 0);
	return parts < (element.textContent ?? "").length * 0.4;
};

const isNamed = (element: Element, ...fields: FieldName[]): boolean =>
	namesOf(element).some((name) => name !== "" && fields.some((field) => fieldOfClass(name) === field));

/** A price whose figures, cents and sign are elements of their own; not one that holds a whole price, or an old one beside it. */
const isWholePrice = (element: Element): boolean => {
	const text = element.textContent ?? "";
	if (text.length > 60 || !/\p{Nd}/u.test(text) || !isNamed(element, "price", "originalPrice")) return false;
	if (element.querySelector("del,s,strike,a,img") !== null) return false;
	return !Array.from(element.querySelectorAll("*")).some(
		(part) =>
			(isNamed(part, "originalPrice") && !isNamed(element, "originalPrice")) ||
			(isNamed(part, "price") && (part.textContent ?? "").trim().length > text.trim().length * 0.6),
	);
};

const ratingOf = (element: Element): string | null => {
	const labels = ["aria-label", "title", "alt", "data-rating"].map((name) => element.getAttribute(name) ?? "");
	const label = labels.find((text) => ratingLabel.test(text)) ?? "";
	const bare = element.getAttribute("data-rating") ?? "";
	return ratingLabel.exec(label)?.[1]?.replace(",", ".") ?? (/^\d(?:\.\d+)?$/.test(bare) ? bare : null);
};

const addLeaf = (element: Element, reading: Reading, place: Place): void => {
	const value = readCell(element, reading.base);
	const content = element.getAttribute("itemprop") === null ? null : element.getAttribute("content");
	const text = content === null ? value.text : cleanLine(content, bounds.cellChars);
	if (text === "" && value.link === null) return;
	const full: RawValue = { ...value, text, link: value.link ?? place.link, image: null, items: [] };
	add(reading, { path: place.path, child: place.child, ...meaningOf(element), value: full });
};

/** A term with its description: the term is the column's name. */
const addTerms = (list: Element, reading: Reading, place: Place): void => {
	let name = "";
	for (const child of Array.from(list.querySelectorAll("dt,dd")).slice(0, 60)) {
		const value = readCell(child, reading.base);
		if (tagOf(child) === "DT") name = cleanLine(value.text, bounds.nameChars).replace(/\s*[:：]$/, "");
		else if (value.text !== "")
			add(reading, { path: `${place.path}/dd[${name}]`, child: place.child, field: null, name, value });
	}
};

const addImage = (image: Element, reading: Reading, place: Place): void => {
	const address = imageAddress(image, reading.base);
	if (address === null) return;
	const value: RawValue = { ...emptyValue, image: address, link: place.link };
	add(reading, { path: place.path, child: place.child, field: null, name: "", value });
};

const betweenMarks = (text: string): string => text.replace(/^[\s·|•,;:–—-]+|[\s·|•,;–—-]+$/gu, "");

/** The words between parts, which no element of their own holds; without what only stands between them. */
const addOwnText = (element: Element, reading: Reading, place: Place): void => {
	const own = Array.from(element.childNodes).map((node) => (node.nodeType === 3 ? (node.nodeValue ?? "") : " "));
	const value: RawValue = {
		...emptyValue,
		text: betweenMarks(cleanLine(own.join(""), bounds.cellChars)),
		link: place.link,
	};
	add(reading, { path: `${place.path}/#text`, child: place.child, ...meaningOf(element), value });
};

const visit = (element: Element, reading: Reading, place: Place): void => {
	const tag = tagOf(element);
	if (reading.left <= 0 || place.depth > bounds.depth || isHidden(element) || controls.has(tag)) return;
	reading.left -= 1;
	const rating = ratingOf(element);
	if (rating !== null) {
		const value: RawValue = { ...emptyValue, text: rating };
		add(reading, { path: place.path, child: place.child, field: "rating", name: "", value });
		return;
	}
	if (tag === "IMG") return addImage(element, reading, place);
	if (tag === "META") return addLeaf(element, reading, place);
	if (isForEyesOnly(element) && element.querySelector("img") === null) return;
	if (tag === "DL") return addTerms(element, reading, place);
	const link = tag === "A" ? (linkAddress(element, reading.base) ?? place.link) : place.link;
	const here: Place = { ...place, link };
	if (isWholePrice(element) || (isLeaf(element) && element.querySelector("img") === null)) {
		addLeaf(element, reading, here);
		return;
	}
	if (hasOwnText(element)) addOwnText(element, reading, here);
	for (const [at, child] of Array.from(element.children).entries())
		visit(child, reading, {
			path: `${place.path}/${stepOf(child)}`,
			link,
			depth: place.depth + 1,
			child: place.depth === 0 ? at : place.child,
		});
};

/** Everything that a card says, in its order. */
export const slotsOf = (item: Element, base: string): Slot[] => {
	const reading: Reading = { base, slots: [], left: bounds.cellNodes, repeats: new Map() };
	visit(item, reading, { path: ".", link: null, depth: 0, child: -1 });
	return reading.slots;
};
