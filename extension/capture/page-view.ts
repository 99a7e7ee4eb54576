import { normalUrl } from "./normal-url.ts";
import { readJsonLd } from "./sources/json-ld.ts";
import { type Meta, metaOf, readMeta } from "./sources/meta.ts";
import { readMicrodata } from "./sources/microdata.ts";
import { hasType, lineOf, type Thing, thingsOf, valuesOf } from "./sources/thing.ts";
import { cleanLine } from "./values/text.ts";
import { httpUrl } from "./values/url.ts";

/** A page as the extractors see it: read once, never changed. */
export type PageView = {
	document: Document;
	/** The document's own address. */
	url: string;
	/** What relative addresses are resolved against (`<base href>`). */
	base: string;
	/** BCP 47 tag of the page, or empty. */
	language: string;
	meta: Meta;
	/** Described root objects, most trusted source first; those in `main` come before the rest. */
	things: readonly Thing[];
	/** What a WebPage object names as its main entity. */
	main: readonly Thing[];
	/** The text of the first `h1`, or empty. */
	heading: string;
};

const pageTypes = new Set([
	"WebPage",
	"ItemPage",
	"AboutPage",
	"ProfilePage",
	"FAQPage",
	"CollectionPage",
	"ContactPage",
]);

const mainEntities = (roots: Thing[]): Thing[] =>
	roots
		.filter((thing) => hasType(thing, pageTypes))
		.flatMap((thing) => thingsOf(thing, "mainEntity"))
		.filter((entity) => entity.types.length > 0);

export const viewPage = (document: Document, url: string): PageView => {
	const meta = readMeta(document);
	const base = httpUrl(document.querySelector("base[href]")?.getAttribute("href") ?? "", url) ?? url;
	const roots = [...readJsonLd(document), ...readMicrodata(document)];
	const main = mainEntities(roots);
	const language = document.documentElement?.getAttribute("lang") ?? metaOf(meta, "og:locale").replace("_", "-");
	return {
		document,
		url,
		base,
		language: cleanLine(language, 35),
		meta,
		things: [...new Set([...main, ...roots])],
		main,
		heading: cleanLine(document.querySelector("h1")?.textContent ?? "", 1_000),
	};
};

/** Whether the object says that it is what this page is about: by its address, or by the page's heading or title. */
const isAboutPage = (thing: Thing, page: PageView): boolean => {
	const here = normalUrl(page.url);
	const addresses = [...valuesOf(thing, "url"), ...valuesOf(thing, "mainEntityOfPage"), thing.id ?? ""];
	for (const value of addresses) {
		const raw = typeof value === "object" ? value.id : String(value);
		const address = raw === null || raw === "" ? null : httpUrl(raw, page.base);
		if (address !== null && normalUrl(address) === here) return true;
	}
	const names = [...valuesOf(thing, "name"), ...valuesOf(thing, "headline")].map((name) => lineOf(name).toLowerCase());
	const titles = [page.heading, metaOf(page.meta, "og:title")].map((title) => title.toLowerCase());
	return names.some((name) => name !== "" && titles.includes(name));
};

/**
 * The one object of these types that the page is about, or null. Several that are all equally likely mean a list page
 * (search results, a category): then none is, rather than fields of one row on a record of the whole page.
 */
export const subjectOf = (page: PageView, types: ReadonlySet<string>): Thing | null => {
	const candidates = page.things.filter((thing) => hasType(thing, types));
	const about =
		candidates.find((thing) => page.main.includes(thing)) ?? candidates.find((thing) => isAboutPage(thing, page));
	if (about !== undefined) return about;
	// JSON-LD and microdata may both describe the same thing once.
	const trusted = candidates.filter((thing) => thing.from === candidates[0]?.from);
	return trusted.length === 1 ? (trusted[0] ?? null) : null;
};

/** Like `subjectOf`, for things that pages name in passing: only a declared main entity, or the one the heading names. */
export const mainSubjectOf = (page: PageView, types: ReadonlySet<string>): Thing | null => {
	const candidates = page.things.filter((thing) => hasType(thing, types));
	const heading = page.heading.toLowerCase();
	const named = (thing: Thing): boolean =>
		heading !== "" && valuesOf(thing, "name").some((name) => lineOf(name).toLowerCase() === heading);
	return candidates.find((thing) => page.main.includes(thing)) ?? candidates.find(named) ?? null;
};
