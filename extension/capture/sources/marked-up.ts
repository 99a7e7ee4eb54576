import { limits } from "../limits.ts";
import { cleanLine } from "../values/text.ts";
import { pictureSource } from "./picture.ts";
import { rootPath, type Thing, type ThingValue, termName } from "./thing.ts";

/** How a vocabulary is written into markup: microdata and RDFa are two ways to say the same. */
export type Dialect = {
	from: "microdata" | "rdfa";
	/** Elements that are a thing, and those that are a property. */
	scopes: string;
	properties: string;
	typesOf(element: Element): string[];
	namesOf(element: Element): string[];
	idOf(element: Element): string | null;
	/** The element a property belongs to. */
	ownerOf(element: Element): Element | null;
	/** Attributes that hold the value whatever the element is, the surest first. */
	valueAttributes: readonly string[];
};

const addressAttribute: Record<string, string> = {
	AREA: "href",
	LINK: "href",
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

/** A link is its words and its address: an author's name and page, a breadcrumb's. */
const linkThing = (element: Element, href: string, from: Thing["from"]): ThingValue => {
	const name = cleanLine(element.textContent ?? "", 1_000);
	if (name === "") return href;
	return {
		types: [],
		id: null,
		properties: new Map([
			["name", [name]],
			["url", [href]],
		]),
		from,
		path: "",
	};
};

/** A property element's value by the HTML standard's rules, with `content` first: many pages put it on any element. */
const elementValue = (element: Element, { valueAttributes, from }: Dialect): ThingValue => {
	for (const name of valueAttributes) {
		const value = element.getAttribute(name);
		if (value !== null) return value;
	}
	const tag = element.tagName.toUpperCase();
	const href = tag === "A" ? element.getAttribute("href") : null;
	if (href !== null) return linkThing(element, href, from);
	if (tag === "IMG") return pictureSource(element);
	const attribute = addressAttribute[tag];
	const value = attribute === undefined ? null : element.getAttribute(attribute);
	return (value ?? element.textContent ?? "").slice(0, limits.textChars * 2);
};

/** The words of an attribute, as many as a page has use for. */
export const wordsOf = (text: string | null): string[] =>
	(text ?? "")
		.slice(0, 2_000)
		.split(/\s+/)
		.filter((word) => word !== "")
		.slice(0, 20);

const attach = (owner: Thing, name: string, value: ThingValue): void => {
	const values = owner.properties.get(name);
	const at = values?.length ?? 0;
	if (at >= limits.valuesPerProperty) return;
	if (typeof value === "object") value.path = `${owner.path}.${name.slice(0, 40)}${at > 0 ? `[${at}]` : ""}`;
	if (values === undefined) owner.properties.set(name, [value]);
	else values.push(value);
};

/** The root things (those that are no property of another) that the document's markup describes, in document order. */
export const readMarkedUp = (document: Document, dialect: Dialect): Thing[] => {
	const scopes = Array.from(document.querySelectorAll(dialect.scopes)).slice(0, limits.things);
	if (scopes.length === 0) return [];
	const things = new Map(
		scopes.map((element): [Element, Thing] => {
			const types = dialect.typesOf(element).map(termName);
			const id = dialect.idOf(element);
			return [element, { types, id, properties: new Map(), from: dialect.from, path: rootPath(types) }];
		}),
	);
	const nested = new Set<Element>();
	for (const element of Array.from(document.querySelectorAll(dialect.properties)).slice(
		0,
		limits.microdataProperties,
	)) {
		const names = dialect.namesOf(element);
		const owner = names.length === 0 ? null : dialect.ownerOf(element);
		const thing = owner === null ? undefined : things.get(owner);
		if (thing === undefined) continue;
		const inner = things.get(element);
		if (inner !== undefined) nested.add(element);
		const value: ThingValue = inner ?? elementValue(element, dialect);
		for (const name of names) attach(thing, termName(name), value);
	}
	return scopes.filter((element) => !nested.has(element)).flatMap((element) => things.get(element) ?? []);
};
