import { httpUrl } from "../values/url.ts";

/** The document as the tables are read from it. */
export type Page = { document: Document; url: string };

/** What the page's relative addresses are resolved against. */
export const baseOf = ({ document, url }: Page): string =>
	httpUrl(document.querySelector("base[href]")?.getAttribute("href") ?? "", url) ?? url;
