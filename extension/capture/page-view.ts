import { headingIn } from "./heading.ts";
import { readSnippets, type Snippets } from "./heuristics/snippets.ts";
import { limits } from "./limits.ts";
import { normalUrl } from "./normal-url.ts";
import { readJsonLd } from "./sources/json-ld.ts";
import { type HeadLink, readLinks } from "./sources/links.ts";
import { type Meta, metaOf, readMeta } from "./sources/meta.ts";
import { readMicrodata } from "./sources/microdata.ts";
import { readMicroformats } from "./sources/microformats.ts";
import { readRdfa } from "./sources/rdfa.ts";
import { hasType, lineOf, type Thing, thingsOf, valuesOf } from "./sources/thing.ts";
import { ThingReader } from "./sources/thing-reader.ts";
import type { Place } from "./values/currency.ts";
import { cleanLine } from "./values/text.ts";
import { countryOf, httpUrl, sameSite } from "./values/url.ts";

/** A page as the extractors see it: read once, never changed. */
export type PageView = {
	document: Document;
	/** The document's own address. */
	url: string;
	/** What relative addresses are resolved against (`<base href>`). */
	base: string;
	/** BCP 47 tag of the page, or empty. */
	language: string;
	/** Where its prices and dates are read. */
	place: Place;
	meta: Meta;
	links: readonly HeadLink[];
	/** Described root objects, most trusted source first; those in `main` come before the rest. */
	things: readonly Thing[];
	/** What a WebPage object names as its main entity. */
	main: readonly Thing[];
	/** The text of the page's own `h1`, or empty. */
	heading: string;
	/** Whether reading has taken so long that what is only guessed at is left out. */
	isOutOfTime(): boolean;
	/** The page's short texts; read when somebody first asks. */
	snippets(): Snippets;
	/** A described object as the values of fields. */
	read(thing: Thing): ThingReader;
};

const pageTypes = new Set(
	"WebPage ItemPage AboutPage ProfilePage FAQPage CollectionPage ContactPage MedicalWebPage QAPage".split(" "),
);

const mainEntities = (roots: Thing[]): Thing[] =>
	roots
		.filter((thing) => hasType(thing, pageTypes))
		.flatMap((thing) => thingsOf(thing, "mainEntity"))
		.filter((entity) => entity.types.length > 0);

const languageOf = (document: Document, meta: Meta): string => {
	const declared = document.documentElement?.getAttribute("lang") || document.documentElement?.getAttribute("xml:lang");
	const raw = declared || metaOf(meta, "content-language", "og:locale", "dc.language", "dcterms.language", "language");
	return cleanLine(raw.split(",")[0] ?? "", 35).replace("_", "-");
};

/** Every described object of the document. A source that fails loses its own and no other. */
const readThings = (document: Document): Thing[] =>
	[readJsonLd, readMicrodata, readRdfa, readMicroformats].flatMap((read) => {
		try {
			return read(document);
		} catch {
			return [];
		}
	});

/** @param budgetMs how long the page may be looked at until only what it says in data counts */
export const viewPage = (document: Document, url: string, budgetMs: number = limits.budgetMs): PageView => {
	const startedAt = performance.now();
	const meta = readMeta(document);
	const base = httpUrl(document.querySelector("base[href]")?.getAttribute("href") ?? "", url) ?? url;
	const roots = readThings(document);
	const main = mainEntities(roots);
	const language = languageOf(document, meta);
	const place = { language, region: countryOf(url) };
	const heading = headingIn(document);
	let snippets: Snippets | null = null;
	const until = startedAt + budgetMs;
	return {
		document,
		url,
		base,
		language,
		place,
		meta,
		links: readLinks(document),
		things: [...new Set([...main, ...roots])],
		main,
		heading: heading?.text ?? "",
		isOutOfTime: () => performance.now() > until,
		snippets: () => {
			snippets ??= readSnippets(document, heading?.element ?? null);
			return snippets;
		},
		read: (thing) => new ThingReader(thing, { place, base }),
	};
};

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, " ").trim();

const namesOf = (thing: Thing): string[] =>
	[...valuesOf(thing, "name"), ...valuesOf(thing, "headline"), ...valuesOf(thing, "title")]
		.map((name) => plain(lineOf(name)))
		.filter((name) => name !== "");

const addressesOf = (thing: Thing, page: PageView): string[] => {
	const values = [...valuesOf(thing, "url"), ...valuesOf(thing, "mainEntityOfPage"), thing.id ?? ""];
	return values.flatMap((value) => {
		const raw = typeof value === "object" ? (value.id ?? "") : String(value);
		const address = raw === "" ? null : httpUrl(raw, page.base);
		return address === null ? [] : [normalUrl(address)];
	});
};

/** Whether the object says that it is what this page is about: by its address, or by the page's heading or title. */
const isAboutPage = (thing: Thing, page: PageView): boolean => {
	const titles = [page.heading, metaOf(page.meta, "og:title"), page.document.title].map(plain);
	return addressesOf(thing, page).includes(normalUrl(page.url)) || namesOf(thing).some((name) => titles.includes(name));
};

/** Another path, or the same with another value of a parameter that both have (`?v=`). One without parameters is the same page. */
const isElsewhere = (address: string, here: string): boolean => {
	const [one, other] = [URL.parse(address), URL.parse(here)];
	const path = (url: URL): string => url.pathname.replace(/\/+$/, "");
	if (one === null || other === null || path(one) !== path(other)) return true;
	return [...one.searchParams].some(
		([name, value]) => other.searchParams.has(name) && other.searchParams.get(name) !== value,
	);
};

/**
 * Data that a single-page site left over from the page before: it names another address of this site, and neither the heading
 * nor the title has heard of it.
 */
export const isOfAnotherPage = (
	of: { addresses: readonly string[]; names: readonly string[] },
	page: PageView,
): boolean => {
	const elsewhere = of.addresses.filter((address) => sameSite(address, page.url));
	const shown = plain(`${page.heading} ${page.document.title}`);
	return (
		elsewhere.length > 0 &&
		page.heading !== "" &&
		of.names.length > 0 &&
		elsewhere.every((address) => isElsewhere(address, page.url)) &&
		of.names.every((name) => !shown.includes(plain(name)) && !plain(name).includes(plain(page.heading)))
	);
};

const isLeftOver = (thing: Thing, page: PageView): boolean =>
	isOfAnotherPage({ addresses: addressesOf(thing, page), names: namesOf(thing) }, page);

/**
 * The one object of these types that the page is about, or null. Several that are all equally likely mean a list page
 * (search results, a category): then none is, rather than fields of one row on a record of the whole page.
 */
export const subjectOf = (page: PageView, types: ReadonlySet<string>): Thing | null => {
	const candidates = page.things.filter((thing) => hasType(thing, types) && !isLeftOver(thing, page));
	const about =
		candidates.find((thing) => page.main.includes(thing)) ?? candidates.find((thing) => isAboutPage(thing, page));
	if (about !== undefined) return about;
	// JSON-LD and microdata may both describe the same thing once.
	const trusted = candidates.filter((thing) => thing.from === candidates[0]?.from);
	const named = new Set(trusted.map((thing) => namesOf(thing)[0] ?? ""));
	return trusted.length === 1 || (trusted.length > 0 && named.size === 1 && !named.has(""))
		? (trusted[0] ?? null)
		: null;
};

/** What else describes the same thing: the same name or id, or the only one of these types in another source. */
export const alsoAbout = (page: PageView, subject: Thing, types: ReadonlySet<string>): Thing[] => {
	const names = new Set(namesOf(subject));
	const others = page.things.filter((thing) => thing !== subject && hasType(thing, types) && !isLeftOver(thing, page));
	return others.filter((thing) => {
		const same = (thing.id !== null && thing.id === subject.id) || namesOf(thing).some((name) => names.has(name));
		const alone = thing.from !== subject.from && others.filter(({ from }) => from === thing.from).length === 1;
		return same || (alone && (names.size === 0 || namesOf(thing).length === 0 || isAboutPage(thing, page)));
	});
};

/** Like `subjectOf`, for things that pages name in passing: only a declared main entity, or the one the heading names. */
export const mainSubjectOf = (page: PageView, types: ReadonlySet<string>): Thing | null => {
	const candidates = page.things.filter((thing) => hasType(thing, types));
	const heading = plain(page.heading);
	const named = (thing: Thing): boolean => heading !== "" && namesOf(thing).includes(heading);
	return candidates.find((thing) => page.main.includes(thing)) ?? candidates.find(named) ?? null;
};
