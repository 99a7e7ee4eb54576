import { limits } from "../limits.ts";
import { type Thing, type ThingValue, termName } from "./thing.ts";

const addressAttribute: Record<string, string> = {
	A: "href",
	AREA: "href",
	LINK: "href",
	IMG: "src",
	AUDIO: "src",
	VIDEO: "src",
	SOURCE: "src",
	IFRAME: "src",
	EMBED: "src",
	OBJECT: "data",
	TIME: "datetime",
	DATA: "value",
	METER: "value",
};

/** A property element's value by the HTML standard's rules, with `content` first: many pages put it on any element. */
const elementValue = (element: Element): string => {
	const content = element.getAttribute("content");
	if (content !== null) return content;
	const attribute = addressAttribute[element.tagName.toUpperCase()];
	const value = attribute === undefined ? null : element.getAttribute(attribute);
	return (value ?? element.textContent ?? "").slice(0, limits.textChars * 2);
};

const words = (text: string | null): string[] =>
	(text ?? "")
		.split(/\s+/)
		.filter((word) => word !== "")
		.slice(0, 20);

const newThing = (element: Element): Thing => ({
	types: words(element.getAttribute("itemtype")).map(termName),
	id: element.getAttribute("itemid"),
	properties: new Map(),
	from: "microdata",
});

/** The item a property belongs to: the nearest enclosing one, or the one that names an enclosing element in `itemref`. */
const ownerOf = (element: Element, refs: Map<string, Element>): Element | null => {
	const enclosing = element.parentElement?.closest("[itemscope]") ?? null;
	if (enclosing !== null || refs.size === 0) return enclosing;
	for (let at: Element | null = element; at !== null; at = at.parentElement) {
		const referrer = refs.get(at.id);
		if (referrer !== undefined && referrer !== element) return referrer;
	}
	return null;
};

const referrers = (scopes: Element[]): Map<string, Element> => {
	const refs = new Map<string, Element>();
	for (const scope of scopes) for (const id of words(scope.getAttribute("itemref"))) refs.set(id, scope);
	return refs;
};

/** The root items (those that are no property of another) of the document's microdata, in document order. */
export const readMicrodata = (document: Document): Thing[] => {
	const scopes = Array.from(document.querySelectorAll("[itemscope]")).slice(0, limits.things);
	if (scopes.length === 0) return [];
	const things = new Map(scopes.map((element) => [element, newThing(element)]));
	const refs = referrers(scopes);
	const nested = new Set<Element>();
	for (const element of Array.from(document.querySelectorAll("[itemprop]")).slice(0, limits.microdataProperties)) {
		const owner = ownerOf(element, refs);
		const thing = owner === null ? undefined : things.get(owner);
		if (thing === undefined) continue;
		const inner = things.get(element);
		if (inner !== undefined) nested.add(element);
		const value: ThingValue = inner ?? elementValue(element);
		for (const name of words(element.getAttribute("itemprop")).map(termName)) {
			const values = thing.properties.get(name) ?? [];
			if (values.length < limits.valuesPerProperty) thing.properties.set(name, [...values, value]);
		}
	}
	return scopes.filter((element) => !nested.has(element)).flatMap((element) => things.get(element) ?? []);
};
