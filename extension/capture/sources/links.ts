import { limits } from "../limits.ts";

/** A link element of the head: where it points, with what it says of the target. */
export type HeadLink = { rel: string; href: string; language: string; type: string; title: string };

/** The document's link elements; `rel` in lower case. */
export const readLinks = (document: Document): HeadLink[] =>
	Array.from(document.querySelectorAll("link[rel][href]"))
		.slice(0, limits.metaTags)
		.map((element) => ({
			rel: (element.getAttribute("rel") ?? "").toLowerCase(),
			href: element.getAttribute("href") ?? "",
			language: element.getAttribute("hreflang") ?? "",
			type: (element.getAttribute("type") ?? "").toLowerCase(),
			title: element.getAttribute("title") ?? "",
		}));

/** The first with this word in its `rel`. */
export const linkOf = (links: readonly HeadLink[], rel: string): HeadLink | undefined =>
	links.find((link) => link.rel.split(/\s+/).includes(rel));
