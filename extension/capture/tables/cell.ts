import { cleanLine } from "../values/text.ts";
import { bounds } from "./bounds.ts";
import { imageAddress, isForEyesOnly, isHidden, isMark, linkAddress, tagOf } from "./element-facts.ts";

/** What one cell says, before its column has a type. */
export type RawValue = {
	text: string;
	link: string | null;
	image: string | null;
	/** What a `time` or `data` element says for machines; empty when it has none. */
	machine: string;
	checked: boolean | null;
	/** The parts of a list of two or more, else empty. */
	items: string[];
};

export const emptyValue: RawValue = { text: "", link: null, image: null, machine: "", checked: null, items: [] };

/** Elements that stand in their own line: words on both sides of their edge are two words. */
const blocks = new Set(
	"P DIV LI UL OL DL DT DD TR TD TH TABLE BR HR H1 H2 H3 H4 H5 H6 SECTION ARTICLE FIGURE FIGCAPTION HEADER FOOTER BLOCKQUOTE OPTION".split(
		" ",
	),
);

type Reading = { parts: string[]; left: number; all: boolean };

const fieldText = (element: Element): string | null => {
	const tag = tagOf(element);
	if (tag === "SELECT") {
		const options = Array.from(element.querySelectorAll("option"));
		const chosen = options.find((option) => option.selected) ?? options[0];
		return chosen?.textContent ?? "";
	}
	if (tag === "TEXTAREA") return (element as HTMLTextAreaElement).value ?? element.textContent ?? "";
	if (tag !== "INPUT") return null;
	const type = (element.getAttribute("type") ?? "text").toLowerCase();
	// What a person may have typed into a password field is nobody's record.
	const shown = ["text", "number", "date", "email", "url", "tel", "search"].includes(type);
	return shown ? ((element as HTMLInputElement).value ?? "") : "";
};

/** Cents that stand raised after their units, with nothing between: `12<sup>99</sup>` is 12.99. */
const isRaisedCents = (element: Element, before: string): boolean =>
	/^\s*\d{2}\s*$/.test(element.textContent ?? "") &&
	/\d\s*$/.test(before) &&
	(tagOf(element) === "SUP" || /cent|fraction|decimal/i.test(element.getAttribute("class") ?? ""));

const readNode = (node: Node, reading: Reading, depth: number): void => {
	if (depth > bounds.depth || reading.left <= 0) return;
	reading.left -= 1;
	if (node.nodeType === 3) {
		reading.parts.push(node.nodeValue ?? "");
		return;
	}
	if (node.nodeType !== 1) return;
	const element = node as Element;
	if (isHidden(element) || isMark(element) || (!reading.all && isForEyesOnly(element))) return;
	const typed = fieldText(element);
	if (typed !== null) {
		reading.parts.push(" ", typed, " ");
		return;
	}
	if (isRaisedCents(element, reading.parts.at(-1) ?? "")) reading.parts.push(".");
	const edge = blocks.has(tagOf(element)) ? " " : "";
	reading.parts.push(edge);
	for (const child of Array.from(element.childNodes)) readNode(child, reading, depth + 1);
	reading.parts.push(edge);
};

const read = (element: Element, all: boolean): string => {
	const reading: Reading = { parts: [], left: bounds.cellNodes, all };
	for (const child of Array.from(element.childNodes)) readNode(child, reading, 0);
	return cleanLine(reading.parts.join(""), bounds.cellChars)
		.replace(/\s*\[(?:\d{1,3}|[a-z]|note \d+)\]/g, "")
		.trim();
};

/** What an ornament is called: stars that are pictures, flags, ticks. */
const spokenName = (element: Element): string => {
	const named = element.matches("[aria-label],img[alt],[title]")
		? element
		: element.querySelector("[aria-label],img[alt],[title]");
	const names = ["aria-label", "alt", "title"].map((name) => named?.getAttribute(name) ?? "");
	return cleanLine(names.find((name) => name.trim() !== "") ?? "", bounds.cellChars);
};

/** An element's text as a person reads it, in one line; what it is called where it holds no text. */
export const textOf = (element: Element): string => read(element, false) || spokenName(element) || read(element, true);

const itemsOf = (element: Element): string[] => {
	const items = Array.from(element.querySelectorAll("li")).slice(0, bounds.cellItems);
	const texts = items.map((item) => read(item, false)).filter((text) => text !== "");
	return texts.length >= 2 ? texts : [];
};

const machineOf = (element: Element): string => {
	const dated = element.matches("time,data,[data-value],[datetime]") ? element : element.querySelector("time,data");
	const value = dated?.getAttribute("datetime") ?? dated?.getAttribute("value") ?? "";
	return value.slice(0, 100).trim();
};

const checkedOf = (element: Element): boolean | null => {
	const box = element.querySelector('input[type="checkbox"],[role="checkbox"],[role="switch"]');
	if (box === null) return null;
	return tagOf(box) === "INPUT" ? box.matches(":checked") : box.getAttribute("aria-checked") === "true";
};

/** What an element says: its text, the first link and the first picture in it (or that it is itself). */
export const readCell = (element: Element, base: string): RawValue => {
	const tag = tagOf(element);
	const links = tag === "A" ? [element] : Array.from(element.querySelectorAll("a[href]")).slice(0, 20);
	const images = tag === "IMG" ? [element] : Array.from(element.querySelectorAll("img")).slice(0, 5);
	const first = (found: (string | null)[]): string | null => found.find((address) => address !== null) ?? null;
	return {
		text: textOf(element),
		link: first(links.filter((link) => link.closest("sup.reference") === null).map((link) => linkAddress(link, base))),
		image: first(images.map((image) => imageAddress(image, base))),
		machine: machineOf(element),
		checked: checkedOf(element),
		items: itemsOf(element),
	};
};
