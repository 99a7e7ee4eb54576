import { httpUrl } from "../values/url.ts";

/** Where scripts that load pictures late keep the real address. */
const lateAttributes = [
	"data-src",
	"data-original",
	"data-lazy-src",
	"data-lazy",
	"data-full",
	"data-zoom-image",
	"data-large",
	"data-image",
];

const setAttributes = ["srcset", "data-srcset", "data-lazy-srcset"];

/** The widest (or densest) of a `srcset`'s addresses. An address may hold commas: only a comma with white space parts two. */
export const widestOf = (srcset: string): string => {
	let best = { address: "", size: -1 };
	for (const part of srcset.slice(0, 20_000).split(/,\s+/)) {
		const [address = "", size = "1x"] = part.trim().split(/\s+/);
		const value = Number.parseFloat(size) * (size.endsWith("x") ? 1_000 : 1);
		if (address !== "" && value > best.size) best = { address, size: value };
	}
	return best.address;
};

const isPlaceholder = (raw: string): boolean =>
	raw === "" ||
	/^(?:data|blob|about):/i.test(raw.trim()) ||
	/(?:placeholder|spacer|blank|pixel|loading|lazyload|transparent)[^/]*\.(?:gif|png|svg)/i.test(raw);

/** What an `img` shows or will show, as written: never a stand-in; behind one the late address, or the widest of several. */
export const pictureSource = (image: Element): string => {
	const own = image.getAttribute("src") ?? "";
	// What the page shows is what a person means; only where that is a stand-in the rest is asked.
	if (!isPlaceholder(own)) return own;
	const parent =
		image.parentElement?.tagName.toUpperCase() === "PICTURE" ? Array.from(image.parentElement.children) : [];
	const sources = [image, ...parent.filter((one) => one.tagName.toUpperCase() === "SOURCE")];
	const sets = sources.flatMap((element) => setAttributes.map((name) => widestOf(element.getAttribute(name) ?? "")));
	const late = lateAttributes.map((name) => image.getAttribute(name) ?? "");
	return [...late, ...sets].find((raw) => !isPlaceholder(raw)) ?? "";
};

/** The same as an absolute address, or null. */
export const pictureAddress = (image: Element, base: string): string | null => httpUrl(pictureSource(image), base);
