import { readMeta } from "./sources/meta.ts";
import { cleanLine } from "./values/text.ts";
import { httpUrl } from "./values/url.ts";

/** A picture that a page shows or names as its own. Sizes in pixels, 0 where they are not known. */
export type PagePicture = { url: string; alt: string; width: number; height: number };

/** More than anybody looks through. */
const maxPictures = 24;
/** A page of a hundred thousand pictures is read no longer than any other. */
const maxElements = 2_000;
/** What is smaller on both sides is a button, a face or a dot that counts visits. */
const leastPx = 64;
const altChars = 120;

const ownPictures = ["og:image", "og:image:secure_url", "twitter:image", "twitter:image:src"];

/**
 * The pictures to choose from: first those the page names as its own, then the others, the largest first. Pure: nothing is loaded that the
 * page has not loaded.
 */
export function picturesOf(document: Document, base: string): PagePicture[] {
	const meta = readMeta(document);
	const named = ownPictures
		.flatMap((name) => meta.get(name) ?? [])
		.map((url) => ({ url, alt: "", width: 0, height: 0 }));
	const shown = [...document.querySelectorAll("img, video[poster]")]
		.slice(0, maxElements)
		.map(pictureOf)
		.filter(({ width, height }) => Math.max(width, height) === 0 || Math.max(width, height) >= leastPx)
		.toSorted((a, b) => b.width * b.height - a.width * a.height);
	const found = new Map<string, PagePicture>();
	for (const picture of [...named, ...shown]) {
		const url = httpUrl(picture.url, base);
		if (url !== null && !found.has(url)) found.set(url, { ...picture, url, alt: cleanLine(picture.alt, altChars) });
	}
	return [...found.values()].slice(0, maxPictures);
}

function pictureOf(element: Element): PagePicture {
	const poster = element.getAttribute("poster");
	if (poster !== null)
		return { url: poster, alt: "", width: sizeOf(element, "width"), height: sizeOf(element, "height") };
	const { currentSrc = "", naturalWidth = 0, naturalHeight = 0 } = element as Partial<HTMLImageElement>;
	return {
		// Pages that load their pictures late have the address of the real one beside that of a blank one.
		url: currentSrc || element.getAttribute("data-src") || element.getAttribute("src") || "",
		alt: element.getAttribute("alt") ?? "",
		width: naturalWidth || sizeOf(element, "width"),
		height: naturalHeight || sizeOf(element, "height"),
	};
}

function sizeOf(element: Element, side: "width" | "height"): number {
	return Number.parseInt(element.getAttribute(side) ?? "", 10) || 0;
}
