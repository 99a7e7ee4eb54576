import { limits } from "../limits.ts";
import { parseTolerant } from "./json-repair.ts";
import { isThing, pathOf, rootPath, type Thing, type ThingValue, termName } from "./thing.ts";

/** Keys with a meaning of their own, and those that poison prototypes where objects are merged carelessly. */
const skippedKeys = new Set(["@context", "@reverse", "__proto__", "constructor", "prototype"]);

type Reading = { left: number; byId: Map<string, Thing>; roots: Thing[] };

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

const asArray = (value: unknown): unknown[] =>
	Array.isArray(value)
		? value.slice(0, limits.valuesPerProperty)
		: value === undefined || value === null
			? []
			: [value];

const own = (object: Record<string, unknown>, key: string): unknown =>
	Object.hasOwn(object, key) ? object[key] : undefined;

/** `{"@value": 5}` is 5 and `{"@list": […]}` its items; other objects stand for themselves. */
const unwrapped = (value: unknown): unknown[] => {
	if (!isObject(value)) return asArray(value);
	if (Object.hasOwn(value, "@value")) return asArray(own(value, "@value"));
	if (Object.hasOwn(value, "@list")) return asArray(own(value, "@list"));
	if (Object.hasOwn(value, "@set")) return asArray(own(value, "@set"));
	return [value];
};

type Spot = { depth: number; path: string };

const readValue = (value: unknown, reading: Reading, spot: Spot): ThingValue | null => {
	if (typeof value === "string") return value.slice(0, limits.rawChars);
	if (typeof value === "number" || typeof value === "boolean") return value;
	return isObject(value) ? readThing(value, reading, spot) : null;
};

const readThing = (object: Record<string, unknown>, reading: Reading, { depth, path }: Spot): Thing | null => {
	if (depth > limits.thingDepth || reading.left <= 0) return null;
	reading.left -= 1;
	const id = own(object, "@id");
	const written = [...asArray(own(object, "@type")), ...asArray(own(object, "type"))];
	const types = written.filter((type) => typeof type === "string").map(termName);
	const thing: Thing = {
		types,
		id: typeof id === "string" ? id : null,
		properties: new Map(),
		from: "json-ld",
		path: path || rootPath(types),
	};
	for (const key of Object.keys(object).slice(0, limits.valuesPerProperty)) {
		if (skippedKeys.has(key) || key === "@id" || key === "@type" || key === "@graph") continue;
		const name = termName(key);
		const raw = asArray(own(object, key)).flatMap(unwrapped);
		const values = raw.map((value, at) =>
			readValue(value, reading, { depth: depth + 1, path: pathOf(thing, name, { at, of: raw.length }) }),
		);
		const kept = values.filter((value) => value !== null);
		if (kept.length > 0) thing.properties.set(name, kept);
	}
	const known = thing.id === null ? undefined : reading.byId.get(thing.id);
	if (thing.id !== null && (known?.properties.size ?? -1) < thing.properties.size) reading.byId.set(thing.id, thing);
	return thing;
};

const readRoot = (value: unknown, reading: Reading, depth = 0): void => {
	if (depth > 4) return;
	for (const item of asArray(value)) {
		if (Array.isArray(item)) readRoot(item, reading, depth + 1);
		if (!isObject(item)) continue;
		const graph = own(item, "@graph");
		if (graph !== undefined) readRoot(graph, reading, depth + 1);
		const thing = readThing(item, reading, { depth: 0, path: "" });
		if (thing !== null && thing.types.length > 0) reading.roots.push(thing);
	}
};

/** Puts the described object where only its `@id` was written. Circles may arise; nothing here follows them. */
const link = (reading: Reading): void => {
	const seen = new Set<Thing>();
	const open = [...reading.roots];
	for (let thing = open.pop(); thing !== undefined; thing = open.pop()) {
		if (seen.has(thing)) continue;
		seen.add(thing);
		for (const values of thing.properties.values()) {
			for (const [at, value] of values.entries()) {
				if (!isThing(value)) continue;
				const described = value.id !== null && value.properties.size === 0 ? reading.byId.get(value.id) : undefined;
				if (described !== undefined) values[at] = described;
				open.push(described ?? value);
			}
		}
	}
};

/**
 * The root objects of every JSON-LD block of the document, in document order. Broken blocks are mended or skipped, blocks
 * above the size bounds are not read at all.
 */
export const readJsonLd = (document: Document): Thing[] => {
	const reading: Reading = { left: limits.things, byId: new Map(), roots: [] };
	let charsLeft: number = limits.jsonLdTotalChars;
	const scripts = document.querySelectorAll('script[type*="ld+json" i]');
	for (const script of Array.from(scripts).slice(0, limits.jsonLdBlocks)) {
		const text = script.textContent ?? "";
		if (text.length > Math.min(limits.jsonLdBlockChars, charsLeft)) continue;
		charsLeft -= text.length;
		readRoot(parseTolerant(text), reading);
	}
	link(reading);
	return reading.roots;
};
