import type { Located } from "../findings.ts";
import type { PageView } from "../page-view.ts";
import { pictureAddress } from "../sources/picture.ts";
import { namesOf, placeOf } from "./snippets.ts";

/** What is no picture of the thing: marks of the site and its makers, faces, counters, advertisements. */
const notThePicture =
	/logo|icon|sprite|avatar|gravatar|badge|button|banner|advert|(?:^|[-_/\s])ads?(?:$|[-_/\s.])|tracking|pixel|spinner|flag|payment|rating|stars|captcha|emoji|share|author-|profile-pic|thumb(?:nail)?s?(?:$|[-_\s])/i;

const number = (text: string | null): number | null => {
	const value = Number.parseFloat(text ?? "");
	return Number.isFinite(value) ? value : null;
};

const isSmall = (image: Element): boolean =>
	["width", "height"].some((name) => (number(image.getAttribute(name)) ?? 1_000) < 100);

const isNoPicture = (image: Element, address: string): boolean =>
	notThePicture.test(namesOf(image)) ||
	notThePicture.test(address.split("/").slice(3).join("/").split("?")[0] ?? "") ||
	/\.svg(?:$|\?)/i.test(address);

const placesOfPictures = [
	"[itemprop='image']",
	"[class*='main-image' i] img,img[class*='main-image' i],[id*='main-image' i],[class*='product-image' i] img,[class*='gallery' i] img,[class*='hero' i] img,figure img,picture img",
	"article img,main img,[role='main'] img",
];

const anywhere = "img";

const isAround = (image: Element): boolean =>
	image.closest(
		"nav,footer,aside[class*='related' i],header:not(article header):not(main header),[class*='related' i],[class*='recommend' i],[class*='sidebar' i],[class*='comment' i],[class*='cookie' i],[class*='author' i],[class*='avatar' i]",
	) !== null;

/** The picture that the page shows of its thing. @param wide whether any picture of it will do, or only one in its main part */
export const shownPicture = (page: PageView, { wide }: { wide: boolean }): Located<string> | null => {
	for (const selector of wide ? [...placesOfPictures, anywhere] : placesOfPictures) {
		for (const image of Array.from(page.document.querySelectorAll(selector)).slice(0, 40)) {
			if (image.tagName.toUpperCase() !== "IMG" || isSmall(image) || isAround(image)) continue;
			const address = pictureAddress(image, page.base);
			if (address !== null && !isNoPicture(image, address))
				return { value: address, path: placeOf({ element: image }), confidence: 0.5 };
		}
	}
	return null;
};
