import Defuddle from "defuddle";
import { cleanTree } from "./clean.ts";
import { limits } from "./limits.ts";
import { toMarkdown } from "./markdown.ts";

/** How a string of markup becomes an inert document: `DOMParser` in the browser. */
export type ParseHtml = (html: string) => Document;

/** The plainest guess at the main content, for pages too large for the article extractor or that it fails on. */
const mainElement = (document: Document): Element | null =>
	document.querySelector("article") ?? document.querySelector("main,[role='main']") ?? document.body;

/** Objects that the extractor can ask: it calls `hasOwnProperty` on each. */
const isReadable = (text: string): boolean => {
	if (text.length > limits.jsonLdBlockChars || text.includes('"hasOwnProperty"')) return false;
	try {
		return [JSON.parse(text)].flat().every((described: unknown) => typeof described === "object" && described !== null);
	} catch {
		return false;
	}
};

/** The extractor complains on the page's console about data it cannot read, and parses it whatever its size. */
const dropBrokenData = (copy: Document): void => {
	for (const script of Array.from(copy.querySelectorAll('script[type*="ld+json" i]'))) {
		if (!isReadable(script.textContent ?? "")) script.remove();
	}
};

/**
 * What stands around the text. The extractor drops these from every page, but only after it has looked at all of the page, and it does so
 * up to five times where the text is short: most of what a text costs.
 */
const around = [
	"nav,dialog,select,textarea,[role='navigation' i],[role='dialog' i],[role='alertdialog' i]",
	"header:not(:has(p + p)):not(:has(img)),footer,aside:not([class*='callout' i])",
].join(",");

/** In some of them there is text after all: a page that is all dialog, footnotes in the footer. */
const text = "article,main,[role='main'],h1,p + p,pre,[class*='note' i],[id*='note' i],[id^='fn' i]";

const dropAround = (copy: Document): void => {
	for (const element of Array.from(copy.querySelectorAll(around))) {
		// One within another went with it.
		if (!element.isConnected) continue;
		if (element.querySelector(text) === null && element.closest("article,main,[role='main'],pre") === null)
			element.remove();
	}
};

/** Runs on a copy of the document: the extractor rewrites what it reads, and the page is not ours to change. */
const articleHtml = (document: Document, url: string): string => {
	if (document.getElementsByTagName("*").length > limits.articleElements) return "";
	try {
		const copy = document.cloneNode(true) as Document;
		dropBrokenData(copy);
		dropAround(copy);
		return new Defuddle(copy, { url, useAsync: false }).parse().content;
	} catch {
		return "";
	}
};

const cleanMarkdown = (root: Node | null | undefined, url: string): string =>
	root?.nodeType === 1 ? toMarkdown(cleanTree(root as Element, url)) : "";

/** The page's main content as Markdown; empty when it has none. Never throws, never touches the network or the page. */
export const readBody = (document: Document, url: string, parseHtml: ParseHtml): string => {
	try {
		const html = articleHtml(document, url);
		const article = html === "" ? "" : cleanMarkdown(parseHtml(html).body, url);
		// From a copy of the document: a clone that belongs to the page would load its pictures, and run what waits for them.
		return article === "" ? cleanMarkdown(mainElement(document.cloneNode(true) as Document), url) : article;
	} catch {
		return "";
	}
};
