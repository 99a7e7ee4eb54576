import type { Findings, Located } from "../findings.ts";
import { shownAuthors, shownDates } from "../heuristics/bylines.ts";
import { shownPicture } from "../heuristics/pictures.ts";
import { withoutTracking } from "../normal-url.ts";
import { isOfAnotherPage, type PageView } from "../page-view.ts";
import { linkOf } from "../sources/links.ts";
import { metaAt, metaOf } from "../sources/meta.ts";
import { lineOf, thingsOf, valuesOf } from "../sources/thing.ts";
import { cleanLine } from "../values/text.ts";
import { withoutSite, withoutSiteName } from "../values/title.ts";
import { httpUrl, sameSite, siteOf } from "../values/url.ts";
import type { Extractor } from "./extractor.ts";
import { openGraph, otherNames, plainMeta, twitter } from "./meta-parts.ts";

/**
 * The page's own word on its address, when it can be believed: of the same site, and not the home page standing in for a
 * page below it (a common mistake that would make every page of a site the same record).
 */
const ownAddress = (page: PageView, raw: string): string | null => {
	const own = raw === "" ? null : httpUrl(raw, page.base);
	if (own === null || !sameSite(own, page.url)) return null;
	const home = URL.parse(own)?.pathname === "/" && URL.parse(own)?.search === "";
	return home && URL.parse(page.url)?.pathname !== "/" ? null : withoutTracking(own);
};

/** The site's name out of described objects: a WebSite, or whoever publishes. */
const describedSite = (page: PageView): Located<string> | null => {
	const sites = page.things.filter(({ types }) => types.includes("WebSite"));
	for (const site of [
		...sites,
		...page.things.flatMap((thing) => thingsOf(thing, "isPartOf")).filter(({ types }) => types.includes("WebSite")),
	]) {
		const value = lineOf(valuesOf(site, "name", "alternateName")[0]);
		if (value !== "") return { value, path: `${site.path}.name` };
	}
	return null;
};

/** The language as the page's described objects say it, or an alternate link to this very page. */
const describedLanguage = (page: PageView): string => {
	const said = page.things
		.map((thing) => lineOf(valuesOf(thing, "inLanguage")[0]))
		.find((tag) => /^[a-z]{2,3}(?:-\w+)*$/i.test(tag));
	const own = page.links.find(
		(link) => link.language !== "" && link.language !== "x-default" && httpUrl(link.href, page.base) === page.url,
	);
	return said ?? own?.language ?? "";
};

/** The sharing card and the canonical link are of the page before: single-page sites forget to change them. */
const isLeftOver = (page: PageView): boolean => {
	const canonical = linkOf(page.links, "canonical")?.href ?? "";
	const addresses = [canonical, metaOf(page.meta, "og:url")]
		.map((raw) => (raw === "" ? null : httpUrl(raw, page.base)))
		.filter((one) => one !== null);
	return isOfAnotherPage({ addresses, names: [metaOf(page.meta, "og:title", "twitter:title")].filter(Boolean) }, page);
};

const readAddress = (page: PageView, found: Findings): void => {
	// The link element is what search engines go by; OpenGraph's address is often left over from a template.
	const canonical = ownAddress(page, linkOf(page.links, "canonical")?.href ?? "");
	found.offer("url", canonical && { value: canonical, path: "canonical" }, "link");
	if (found.value("url") !== undefined) return;
	const shared = ownAddress(page, metaOf(page.meta, "og:url"));
	found.offer("url", shared && { value: shared, path: "og:url" }, "open-graph");
};

/** What a page says of itself last: its title, its host, the address it was opened at. */
const readPage = (page: PageView, found: Findings): void => {
	const site = found.value("siteName");
	const sites = [
		site?.type === "text" ? site.value : "",
		siteOf(page.url),
		siteOf(page.url).split(".").slice(0, -1).join("."),
	];
	const title = cleanLine(page.document.title);
	found.offerAll(
		{
			// The title is written to stand alone; a first heading is as often the site's name or "Team".
			title: { value: withoutSiteName(title, { known: [page.heading], sites }) || page.heading, path: "title" },
			url: httpUrl(page.url, page.url) === null ? null : withoutTracking(page.url),
			siteName: siteOf(page.url),
			language: page.language || describedLanguage(page),
		},
		"page",
	);
};

/** A sharing card's title often ends with the site's name too. */
const tidyTitle = (page: PageView, found: Findings): void => {
	const [title, site] = [found.value("title"), found.value("siteName")];
	if (title?.type !== "text" || found.origin("title")?.from === "page") return;
	const sites = [site?.type === "text" ? site.value : "", siteOf(page.url)];
	const whole = page.document.title;
	// The document's title adds the site to it: then it has been tidied already.
	const isTidy = whole.length > title.value.length && whole.includes(title.value);
	const named = withoutSiteName(title.value, { known: [page.heading], sites });
	// `… - Page 2` is no site's name.
	const tidy = isTidy && /\d/.test(title.value.replace(named, "")) ? withoutSite(title.value, sites) : named;
	const origin = found.origin("title");
	if (tidy !== title.value && origin !== undefined) found.correct("title", tidy, origin);
};

/** Kinds that somebody wrote at a time: of the others a byline and a date say nothing. */
const written = new Set(["article", "recipe", "video", "paper"]);

/** A page of no kind has many dates and names in it that are not its own: only what is marked so is. */
const readMarked = (page: PageView, found: Findings): void => {
	const names = page.document.querySelector("[rel~='author'],[itemprop='author']") === null ? null : shownAuthors(page);
	found.offer("author", names && { ...names, value: names.value.join(", ") }, "content");
	const [time, ...others] = Array.from(page.document.getElementsByTagName("time")).slice(0, 2);
	if (
		time !== undefined &&
		others.length === 0 &&
		time.closest("article,header,[class*='meta' i],[class*='byline' i]") !== null
	)
		found.offerAll(shownDates(page), "content");
};

const readWritten = (page: PageView, found: Findings): void => {
	const names = found.value("author") === undefined ? shownAuthors(page) : null;
	found.offer("author", names && { ...names, value: names.value.join(", ") }, "content");
	found.offer("authors", names && names.value.length > 1 ? names : null, "content");
	if (found.value("published") === undefined || found.value("modified") === undefined)
		found.offerAll(shownDates(page), "content");
};

/** What the page shows and does not say: its picture, who wrote it and when. */
const readShown = (page: PageView, kind: string, found: Findings): void => {
	if (found.value("image") === undefined) found.offer("image", shownPicture(page, { wide: false }), "content");
	if (kind === "page") readMarked(page, found);
	if (written.has(kind)) readWritten(page, found);
};

/** Fields that every page may have, whatever its kind. */
export const readCommon = (page: PageView, kind: string, found: Findings): void => {
	if (!isLeftOver(page)) {
		readAddress(page, found);
		found.offerAll(openGraph(page), "open-graph");
		found.offerAll(twitter(page), "twitter");
	}
	found.offer("siteName", metaAt(page.meta, "og:site_name"), "open-graph");
	found.offer("siteName", describedSite(page), "json-ld");
	found.offerAll(plainMeta(page), "meta");
	found.offerAll(otherNames(page), "meta");
	const picture = linkOf(page.links, "image_src")?.href ?? "";
	found.offer("image", { value: httpUrl(picture, page.base) ?? "", path: "image_src" }, "link");
	if (!page.isOutOfTime()) readShown(page, kind, found);
	readPage(page, found);
	tidyTitle(page, found);
};

/** Any page: what is left when nothing more is known. Its fields are the common ones. */
export const page: Extractor = {
	kind: "page",
	claim: () => ({ confidence: 0.1, subjects: [] }),
	read: () => undefined,
};
