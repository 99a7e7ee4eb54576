import type { CaptureDraft } from "../draft.ts";
import { Findings } from "../findings.ts";
import { cleanLine } from "../values/text.ts";
import { httpUrl, nameFromUrl } from "../values/url.ts";
import { draftFrom } from "./pointed.ts";

/** What the page calls the picture: its alternative text, title or caption. */
const nameOnPage = (document: Document, url: string, base: string): string => {
	const pictures = Array.from(document.querySelectorAll("img[src],img[srcset]")).slice(0, 2_000);
	// `currentSrc` is what the browser chose out of a srcset, and what the gesture reports.
	const picture = pictures.find((element) => {
		const chosen = "currentSrc" in element ? String(element.currentSrc) : "";
		return chosen === url || httpUrl(element.getAttribute("src") ?? "", base) === url;
	});
	if (picture === undefined) return "";
	const caption = picture.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
	return cleanLine(picture.getAttribute("alt") || picture.getAttribute("title") || caption, 1_000);
};

/** A picture, with the page it was found on. Null when its address is none to save (`data:`, `blob:`). */
export const imageDraft = (
	page: CaptureDraft,
	image: { url: string; base: string; document: Document },
): CaptureDraft | null => {
	const url = httpUrl(image.url, image.base);
	if (url === null) return null;
	const found = new Findings();
	const name = nameOnPage(image.document, url, image.base) || nameFromUrl(url);
	found.offerAll({ title: name, image: url, url }, "selection");
	found.offer("foundOn", page.fields["url"]?.type === "url" ? page.fields["url"].value : page.source.url, "page");
	return draftFrom(page, { kind: "image", found, source: page.source, image: url });
};
