import type { Located } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { metaAt } from "../sources/meta.ts";
import { parseDate } from "../values/date.ts";
import { httpUrl } from "../values/url.ts";

/** Only a name: some sites put the author's address where the name belongs. */
const name = (found: Located<string> | null): Located<string> | null =>
	found !== null && /^(?:https?:|www\.|@)/i.test(found.value) ? null : found;

const address = (page: PageView, ...names: string[]): Located<string> | null => {
	for (const one of names) {
		for (const content of page.meta.get(one) ?? []) {
			const value = httpUrl(content, page.base);
			if (value !== null) return { value, path: one };
		}
	}
	return null;
};

const date = (page: PageView, ...names: string[]): Located<string> | null => {
	for (const one of names) {
		for (const content of page.meta.get(one) ?? []) {
			const value = parseDate(content, page.place);
			if (value !== null) return { value, path: one };
		}
	}
	return null;
};

const list = (page: PageView, path: string): Located<string[]> | null => {
	const words = (page.meta.get(path) ?? []).flatMap((line) => line.split(/[,;،、]/)).map((word) => word.trim());
	return words.length === 0 ? null : { value: words.filter((word) => word !== "").slice(0, 30), path };
};

/** Every author that has an element of the name, each once. */
const authors = (
	page: PageView,
	path: string,
): { author: Located<string>; authors: Located<string[]> | null } | null => {
	const names = [...new Set(page.meta.get(path) ?? [])].filter((one) => !/^(?:https?:|www\.|@)/i.test(one));
	if (names.length === 0) return null;
	return {
		author: { value: names.slice(0, 20).join(", "), path },
		authors: names.length > 1 ? { value: names, path } : null,
	};
};

/** The sharing card, as OpenGraph has it. */
export const openGraph = (page: PageView) => ({
	title: metaAt(page.meta, "og:title"),
	description: metaAt(page.meta, "og:description"),
	image: address(page, "og:image:secure_url", "og:image", "og:image:url"),
	siteName: metaAt(page.meta, "og:site_name"),
	...authors(page, "article:author"),
	published: date(
		page,
		"article:published_time",
		"og:article:published_time",
		"og:published_time",
		"book:release_date",
		"music:release_date",
		"video:release_date",
	),
	modified: date(page, "article:modified_time", "og:updated_time", "og:article:modified_time"),
	tags: list(page, "article:tag"),
});

/** The sharing card, as Twitter has it. */
export const twitter = (page: PageView) => ({
	title: metaAt(page.meta, "twitter:title"),
	description: metaAt(page.meta, "twitter:description"),
	image: address(page, "twitter:image", "twitter:image:src"),
});

/** Plain meta elements, Dublin Core among them. */
export const plainMeta = (page: PageView) => ({
	title: metaAt(page.meta, "dc.title", "dcterms.title", "title", "itemprop:name", "itemprop:headline"),
	description: metaAt(page.meta, "description", "dc.description", "dcterms.description", "itemprop:description"),
	image: address(page, "itemprop:image", "thumbnail", "image"),
	siteName: metaAt(page.meta, "application-name"),
	...(authors(page, "author") ??
		authors(page, "authors") ??
		authors(page, "dc.creator") ??
		authors(page, "dcterms.creator")),
	published: date(
		page,
		"date",
		"dc.date",
		"dcterms.created",
		"dcterms.date",
		"dc.date.issued",
		"dcterms.issued",
		"parsely-pub-date",
		"sailthru.date",
		"pubdate",
		"publish-date",
		"publishdate",
		"article.published",
		"itemprop:datepublished",
		"cxenseparse:recs:publishtime",
		"originalpublicationdate",
	),
	modified: date(
		page,
		"last-modified",
		"dcterms.modified",
		"dc.date.modified",
		"article.updated",
		"itemprop:datemodified",
		"revised",
	),
	tags: list(page, "keywords") ?? list(page, "news_keywords"),
});

/** Names of the author that only some systems write. */
export const otherNames = (page: PageView) => ({
	author: name(metaAt(page.meta, "parsely-author", "sailthru.author", "article.author", "byl", "cxenseparse:author")),
});
