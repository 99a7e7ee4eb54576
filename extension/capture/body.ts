import Defuddle from "defuddle";
import { cleanTree } from "./clean.ts";
import { limits } from "./limits.ts";
import { toMarkdown } from "./markdown.ts";

/** How a string of markup becomes an inert document: `DOMParser` in the browser. */
export type ParseHtml = (html: string) => Document;

/** The plainest guess at the main content, for pages too large for the article extractor or that it fails on. */
const mainElement = (document: Document): Element | null =>
	document.querySelector("article") ?? document.querySelector("main,[role='main']") ?? document.body;

/** Runs on a copy of the document: the extractor rewrites what it reads, and the page is not ours to change. */
const articleHtml = (document: Document, url: string): string => {
	if (document.getElementsByTagName("*").length > limits.articleElements) return "";
	try {
		return new Defuddle(document, { url, useAsync: false }).parse().content;
	} catch {
		return "";
	}
};

/** The page's main content as Markdown; empty when it has none. Never throws, never touches the network or the page. */
export const readBody = (document: Document, url: string, parseHtml: ParseHtml): string => {
	try {
		const html = articleHtml(document.cloneNode(true) as Document, url);
		const fallback = html === "" ? mainElement(document)?.cloneNode(true) : parseHtml(html).body;
		const root = fallback?.nodeType === 1 ? (fallback as Element) : null;
		return root === null ? "" : toMarkdown(cleanTree(root, url));
	} catch {
		return "";
	}
};
