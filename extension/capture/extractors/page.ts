import type { Findings } from "../findings.ts";
import { withoutTracking } from "../normal-url.ts";
import type { PageView } from "../page-view.ts";
import { metaOf } from "../sources/meta.ts";
import { parseDate } from "../values/date.ts";
import { cleanLine } from "../values/text.ts";
import { httpUrl, sameSite, siteOf } from "../values/url.ts";
import type { Extractor } from "./extractor.ts";

/** Only a name: some sites put the author's address where the name belongs. */
const name = (text: string): string => (/^https?:/i.test(text) ? "" : text);

const openGraph = (page: PageView) => ({
	title: metaOf(page.meta, "og:title", "twitter:title"),
	description: metaOf(page.meta, "og:description", "twitter:description"),
	image: httpUrl(
		metaOf(page.meta, "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"),
		page.base,
	),
	siteName: metaOf(page.meta, "og:site_name"),
	author: name(metaOf(page.meta, "article:author", "og:article:author")),
	published: parseDate(metaOf(page.meta, "article:published_time", "og:article:published_time")),
	modified: parseDate(metaOf(page.meta, "article:modified_time", "og:updated_time")),
	tags: page.meta.get("article:tag")?.flatMap((words) => words.split(",")),
});

const plainMeta = (page: PageView) => ({
	title: metaOf(page.meta, "dc.title", "dcterms.title", "title"),
	description: metaOf(page.meta, "description", "dc.description", "dcterms.description"),
	siteName: metaOf(page.meta, "application-name"),
	author: name(metaOf(page.meta, "author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")),
	published: parseDate(
		metaOf(page.meta, "date", "dc.date", "dcterms.created", "parsely-pub-date", "sailthru.date", "pubdate"),
	),
	modified: parseDate(metaOf(page.meta, "last-modified", "dcterms.modified")),
	tags: metaOf(page.meta, "keywords").split(",").slice(0, 30),
});

const text = (page: PageView, selector: string): string =>
	cleanLine(page.document.querySelector(selector)?.textContent ?? "", 500);

const content = (page: PageView) => {
	const time = page.document.querySelector("time[pubdate],article time[datetime],header time[datetime]");
	const picture = page.document.querySelector("article img[src],main img[src]")?.getAttribute("src") ?? "";
	return {
		author: text(page, "[rel~='author'],[class~='byline'] a,[class~='author'] a").replace(/^by\s+/i, ""),
		published: parseDate(time?.getAttribute("datetime") ?? ""),
		image: httpUrl(picture, page.base),
	};
};

/**
 * The page's own word on its address, when it can be believed: of the same site, and not the home page standing in for a
 * page below it (a common mistake that would make every page of a site the same record).
 */
const ownAddress = (page: PageView, raw: string): string | null => {
	const address = raw === "" ? null : httpUrl(raw, page.base);
	if (address === null || !sameSite(address, page.url)) return null;
	const home = URL.parse(address)?.pathname === "/" && URL.parse(address)?.search === "";
	return home && URL.parse(page.url)?.pathname !== "/" ? null : withoutTracking(address);
};

/** Fields that every page may have, whatever its kind. */
export const readCommon = (page: PageView, found: Findings): void => {
	const canonical = page.document.querySelector("link[rel~='canonical' i][href]")?.getAttribute("href") ?? "";
	// The link element is what search engines go by; OpenGraph's address is often left over from a template.
	found.offer("url", ownAddress(page, canonical), "link");
	found.offer(
		"url",
		found.value("url") === undefined ? ownAddress(page, metaOf(page.meta, "og:url")) : null,
		"open-graph",
	);
	found.offerAll(openGraph(page), "open-graph");
	found.offerAll(plainMeta(page), "meta");
	const picture = page.document.querySelector("link[rel~='image_src' i][href]")?.getAttribute("href") ?? "";
	found.offer("image", httpUrl(picture, page.base), "link");
	found.offerAll(content(page), "content");
	found.offerAll(
		{
			// The title is written to stand alone; a first heading is as often the site's name or "Team".
			title: page.document.title.trim() || page.heading,
			url: httpUrl(page.url, page.url) === null ? null : withoutTracking(page.url),
			siteName: siteOf(page.url),
			language: page.language,
		},
		"page",
	);
};

/** Any page: what is left when nothing more is known. Its fields are the common ones. */
export const page: Extractor = {
	kind: "page",
	claim: () => ({ confidence: 0.1, subject: null }),
	read: () => undefined,
};
