import { limits } from "../limits.ts";
import type { PageView } from "../page-view.ts";
import { cleanLine } from "../values/text.ts";

const headings = "h2,h3,h4,h5,legend,dt,[class*='heading' i],[class*='title' i],[class*='header' i]";

const isHeading = (element: Element): boolean => /^H[1-6]$/i.test(element.tagName);

/** The lines of a list, of a table's rows, or of texts parted by line breaks; in this order of preference. */
export const linesIn = (elements: readonly Element[]): string[] => {
	const of = (selector: string): Element[] =>
		elements.flatMap((element) =>
			element.matches(selector) ? [element] : Array.from(element.querySelectorAll(selector)),
		);
	const text = (element: Element): string => cleanLine(spaced(element), limits.listItemChars);
	for (const selector of [
		"li",
		"tr",
		"[class*='row' i],[class*='step-text' i],[class*='step_text' i],[class~='ingredient']",
		"p",
	]) {
		const lines = of(selector)
			.slice(0, limits.listItems)
			.map(text)
			.filter((line) => line !== "");
		if (lines.length > 1) return lines;
	}
	const broken = elements.flatMap((element) => brokenLines(element)).filter((line) => line !== "");
	return broken.slice(0, limits.listItems);
};

/** Text with a space between the parts of a row or a card. */
const spaced = (element: Element): string => {
	const parts = Array.from(element.children);
	const apart = parts.length > 1 && /^(?:TR|DIV)$/i.test(element.tagName);
	return apart ? parts.map((part) => part.textContent ?? "").join(" ") : (element.textContent ?? "");
};

const brokenLines = (element: Element): string[] => {
	const lines = [""];
	for (const node of Array.from(element.childNodes)) {
		if (node.nodeType === 1 && (node as Element).tagName.toUpperCase() === "BR") lines.push("");
		else lines[lines.length - 1] += node.textContent ?? "";
	}
	return lines.map((line) => cleanLine(line, limits.listItemChars));
};

/** A part of the page: its heading's text and what stands below it, up to the next heading. */
export type Section = { heading: Element; elements: Element[] };

type Title = { heading: Element; text: string };

/** Several kinds ask the same page. */
const readBefore = new WeakMap<PageView, readonly Title[]>();

const readTitles = (page: PageView): readonly Title[] =>
	Array.from(page.document.querySelectorAll(headings))
		.slice(0, 200)
		.map((heading) => ({ heading, text: cleanLine(heading.textContent ?? "", 80) }))
		.filter(({ text }) => text !== "" && text.length <= 50);

/** The first part whose heading reads like this. The heading may stand in a box of its own above what it is for. */
export const sectionOf = (page: PageView, title: RegExp): Section | null => {
	const titles = readBefore.get(page) ?? readTitles(page);
	readBefore.set(page, titles);
	for (const { heading, text } of titles) {
		if (!title.test(text)) continue;
		const elements: Element[] = [];
		for (let at = heading.nextElementSibling; at !== null && !isHeading(at); at = at.nextElementSibling)
			elements.push(at);
		if (elements.length > 0) return { heading, elements };
		const beside = heading.parentElement?.nextElementSibling;
		if (beside) return { heading, elements: [beside] };
	}
	return null;
};
