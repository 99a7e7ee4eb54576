import { formulaIn } from "./formula.ts";
import { flattenRuby } from "./ruby.ts";
import { pictureSource } from "./sources/picture.ts";
import { httpUrl } from "./values/url.ts";

/** Elements whose content is code, form, frame or another document's: nothing in them is the page's text. */
const forbidden = new Set(
	(
		"SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME FRAME FRAMESET OBJECT EMBED APPLET SVG FORM INPUT BUTTON SELECT TEXTAREA " +
		"LINK META BASE TITLE HEAD CANVAS AUDIO VIDEO DIALOG SLOT PORTAL"
	).split(" "),
);

/** Elements that Markdown knows. Others are replaced by their children. */
const allowed = new Set(
	(
		"A IMG P BR HR H1 H2 H3 H4 H5 H6 UL OL LI BLOCKQUOTE PRE CODE EM I STRONG B DEL S TABLE THEAD TBODY TFOOT TR TH TD " +
		"FIGURE FIGCAPTION DL DT DD DIV SECTION ARTICLE MAIN HEADER FOOTER ASIDE BODY DETAILS SUMMARY SUP SUB Q CITE KBD SAMP " +
		"MARK SPAN TIME ABBR CAPTION ADDRESS"
	).split(" "),
);

/** The attributes that an element may keep; all others go, event handlers and styles with them. */
const keptAttributes: Record<string, readonly string[]> = {
	A: ["href"],
	IMG: ["src", "alt"],
	TD: ["rowspan"],
	TH: ["rowspan"],
	MATH: ["data-latex", "display"],
};

const addressAttributes = new Set(["href", "src"]);

const cleanAttributes = (element: Element, base: string): void => {
	const kept = keptAttributes[element.tagName.toUpperCase()] ?? [];
	for (const attribute of Array.from(element.attributes)) {
		const value = kept.includes(attribute.name.toLowerCase()) ? attribute.value : null;
		const safe = value !== null && addressAttributes.has(attribute.name) ? httpUrl(value, base) : value;
		if (safe === null) element.removeAttribute(attribute.name);
		else if (safe !== attribute.value) element.setAttribute(attribute.name, safe);
	}
};

/** A picture whose address is only in what the browser chooses from, or kept for later, gets the best of it. */
const settlePicture = (image: Element): void => {
	const source = pictureSource(image);
	if (source !== "") image.setAttribute("src", source);
};

/** Of a formula its TeX is left, of one that cannot be written nothing. */
const cleanFormula = (element: Element, base: string): void => {
	if (formulaIn(element) === null) element.remove();
	else {
		element.replaceChildren();
		cleanAttributes(element, base);
	}
};

/**
 * Makes a detached copy of a page's markup harmless, in place: only elements that Markdown knows, only the attributes it
 * needs, only http(s) addresses; comments gone. The root must not be part of a live document: it is rewritten.
 */
export const cleanTree = (root: Element, base: string): Element => {
	flattenRuby(root);
	for (const element of Array.from(root.querySelectorAll("*"))) {
		const tag = element.tagName.toUpperCase();
		if (tag === "MATH") cleanFormula(element, base);
		else if (forbidden.has(tag) || element.namespaceURI?.endsWith("/svg") || element.hasAttribute("hidden")) {
			element.remove();
		} else if (!allowed.has(tag)) {
			element.replaceWith(...Array.from(element.childNodes));
		} else {
			if (tag === "IMG") settlePicture(element);
			cleanAttributes(element, base);
		}
	}
	return root;
};
