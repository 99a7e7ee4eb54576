import { limits } from "../limits.ts";
import { readMarkedUp, wordsOf } from "./marked-up.ts";
import type { Thing } from "./thing.ts";

/** Which element names which others' ids in its `itemref`: they belong to it wherever they stand. */
const referrers = (document: Document): Map<string, Element> => {
	const refs = new Map<string, Element>();
	for (const scope of Array.from(document.querySelectorAll("[itemscope][itemref]")).slice(0, limits.things)) {
		for (const id of wordsOf(scope.getAttribute("itemref"))) refs.set(id, scope);
	}
	return refs;
};

/** The item a property belongs to: the nearest enclosing one, or the one that names an enclosing element in `itemref`. */
const ownerIn = (element: Element, refs: ReadonlyMap<string, Element>): Element | null => {
	const enclosing = element.parentElement?.closest("[itemscope]") ?? null;
	if (enclosing !== null || refs.size === 0) return enclosing;
	for (let at: Element | null = element; at !== null; at = at.parentElement) {
		const referrer = refs.get(at.getAttribute("id") ?? "");
		if (referrer !== undefined && referrer !== element) return referrer;
	}
	return null;
};

/** The root items of the document's microdata, in document order. */
export const readMicrodata = (document: Document): Thing[] => {
	const refs = referrers(document);
	return readMarkedUp(document, {
		from: "microdata",
		scopes: "[itemscope]",
		properties: "[itemprop]",
		typesOf: (element) => wordsOf(element.getAttribute("itemtype")),
		namesOf: (element) => wordsOf(element.getAttribute("itemprop")),
		idOf: (element) => element.getAttribute("itemid"),
		ownerOf: (element) => ownerIn(element, refs),
		valueAttributes: ["content"],
	});
};
