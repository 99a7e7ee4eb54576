import type { CaptureDraft } from "../draft.ts";
import { Findings } from "../findings.ts";
import { withoutTracking } from "../normal-url.ts";
import { cleanLine } from "../values/text.ts";
import { httpUrl, siteOf } from "../values/url.ts";
import { draftFrom } from "./pointed.ts";

/** The words of the link on the page: browsers tell only its address. The longest text wins over icons and thumbnails. */
const wordsOnPage = (document: Document, url: string, base: string): string => {
	const links = Array.from(document.querySelectorAll("a[href]")).slice(0, 5_000);
	const texts = links
		.filter((link) => httpUrl(link.getAttribute("href") ?? "", base) === url)
		.map((link) =>
			cleanLine(link.textContent || link.getAttribute("aria-label") || link.getAttribute("title") || "", 300),
		);
	return texts.sort((a, b) => b.length - a.length)[0] ?? "";
};

/** A link: a page known only by its address and the words that lead to it. Null when the address is none to save. */
export const linkDraft = (
	page: CaptureDraft,
	link: { url: string; text: string; base: string; document: Document },
): CaptureDraft | null => {
	const url = httpUrl(link.url, link.base);
	if (url === null) return null;
	const address = withoutTracking(url);
	const text = cleanLine(link.text) || wordsOnPage(link.document, url, link.base);
	const found = new Findings();
	found.offerAll({ title: text || address, url: address, siteName: siteOf(address) }, "selection");
	found.offer("foundOn", page.fields["url"]?.type === "url" ? page.fields["url"].value : page.source.url, "page");
	return draftFrom(page, { kind: "page", found, source: { url, title: text || address }, image: null, inherit: [] });
};
