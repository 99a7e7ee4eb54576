import { parseHTML } from "linkedom";

/** A page of markup without a browser. */
export function pageOf(body: string): Document {
	return parseHTML(`<!doctype html><html lang="en"><head><title>T</title></head><body>${body}</body></html>`).document;
}

/** The one element that CSS leads to. */
export function elementIn(document: Document, css: string): Element {
	const element = document.querySelector(css);
	if (element === null) throw new Error(`There is no ${css} on the test's page.`);
	return element;
}
