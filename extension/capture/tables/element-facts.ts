import { httpUrl } from "../values/url.ts";

/** Elements whose text is code, or a control's and not the row's. */
const silentTags = new Set(
	"SCRIPT STYLE NOSCRIPT TEMPLATE SVG HEAD IFRAME OBJECT CANVAS AUDIO VIDEO DIALOG".split(" "),
);

export const tagOf = (element: Element): string => element.tagName.toUpperCase();

/** Whether a person does not see the element, as far as its own attributes say. Styles are not computed: that costs a layout. */
export const isHidden = (element: Element): boolean =>
	silentTags.has(tagOf(element)) ||
	element.hasAttribute("hidden") ||
	/display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.getAttribute("style") ?? "");

/** Marks beside a value that are none of it: footnotes, keys to sort by, links to edit. */
export const isMark = (element: Element): boolean =>
	/(?:^|\s)(?:reference|mw-editsection|sortkey|noprint|cite_ref)(?:\s|$)/.test(element.getAttribute("class") ?? "");

/** Read aloud by nobody: an ornament, or the same once more. */
export const isForEyesOnly = (element: Element): boolean => element.getAttribute("aria-hidden") === "true";

/** The first address of a `srcset`; commas may stand inside addresses, spaces may not. */
const firstOfSet = (set: string): string => set.trim().split(/\s+/)[0] ?? "";

/** A picture's address, also where the page loads it late; a placeholder (`data:`) is none. */
export const imageAddress = (image: Element, base: string): string | null => {
	const late = ["data-src", "data-original", "data-lazy-src", "src"].map((name) => image.getAttribute(name) ?? "");
	const sets = ["data-srcset", "srcset"].map((name) => firstOfSet(image.getAttribute(name) ?? ""));
	for (const raw of [...late, ...sets]) {
		const address = raw === "" ? null : httpUrl(raw, base);
		if (address !== null) return address;
	}
	return null;
};

/** Where a link leads, or null: a place on the same page and a script are nowhere. */
export const linkAddress = (link: Element, base: string): string | null => {
	const raw = link.getAttribute("href")?.trim() ?? "";
	return raw === "" || raw.startsWith("#") ? null : httpUrl(raw, base);
};

/** Words of a class list that say what an element is, not how it stands (`is-active`), looks (`mt-4`) or was numbered (`post-1234`). */
const passing =
	/\d{3}|[:[\]/]|^(?:is|has|js|ng|v|u)-|^(?:active|selected|current|odd|even|alt|first|last|hover|visited|new|sale|promoted|sponsored|featured|highlight(?:ed)?|open|closed|hidden|visible|loaded|lazy(?:loaded)?)$/i;

/** The class names that several elements of one kind share. */
export const classesOf = (element: Element): string[] =>
	(element.getAttribute("class") ?? "")
		.split(/\s+/)
		.filter((name) => name !== "" && name.length <= 80 && !passing.test(name))
		.slice(0, 6);

/** `tag.class.class`: what an element is called in a path. */
export const stepOf = (element: Element): string => [tagOf(element).toLowerCase(), ...classesOf(element)].join(".");
