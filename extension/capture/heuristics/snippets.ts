import { limits } from "../limits.ts";

/** A short text of the page: an element with everything in it, as one line. */
export type Snippet = {
	element: Element;
	text: string;
	/** Where it stands in the document, among all snippets. */
	at: number;
	/** Whether it belongs to menus, other things, comments or notices rather than to what the page is about. */
	around: boolean;
	/** Crossed out, by its element or by what its class calls it. */
	struck: boolean;
	/** What its element calls itself (`namesOf`). */
	names: string;
	/** The names that its element and the two above it have (class, id, test id), in lower case. */
	hint: string;
};

export type Snippets = {
	all: readonly Snippet[];
	/** The snippets that are about the page's own thing. */
	own: readonly Snippet[];
	/** Where the heading stands; -1 when the page has none. */
	headingAt: number;
	/** The first elements that call themselves a trail of breadcrumbs, however long their text. */
	trails: readonly Element[];
	/** The shortest text that holds the element's, or the element's own where there is none. */
	around(snippet: Snippet): string;
};

const skipped = new Set("SCRIPT STYLE NOSCRIPT TEMPLATE SVG IFRAME OBJECT CANVAS OPTION HEAD TEXTAREA MATH".split(" "));
const aroundTags = new Set(["NAV", "FOOTER"]);
const aroundRoles = new Set("navigation banner contentinfo dialog alertdialog search menu alert".split(" "));
const aroundNames =
	/cookie|consent|onetrust|gdpr|(?:^|[-_\s])related|similar|recommend|cross-?sell|up-?sell|also-|you-may|sponsor|(?:^|[-_\s])ads?(?:$|[-_\s])|advert|footer|navbar|navigation|(?:^|[-_\s])menu|breadcrumb|comment|mini-?cart|cart-price|cart-total|newsletter|accessor(?:y|ies)|carousel|recently|popular|trending|modal|popup|share-|social|top-links|customers/;
/** Breadcrumbs in the words of many a system: Japanese, Polish, Dutch, French, Portuguese. */
const trailNames = /bread-?crumb|crumbs|(?:^|\s)crumb(?:$|\s)|pankuzu|topic-?path|okruszk|kruimel|ariane|migas/;
const mostTrails = 5;
const reviewNames = /(?:^|[-_\s])reviews?(?:$|[-_\s]|-list)/;
const struckTags = new Set(["DEL", "S", "STRIKE"]);
const struckNames =
	/strike|origin|(?:^|[-_\s])org(?:$|[-_\s])|striked|old-?price|price-?(?:old|was|before|regular|original|list|compare|crossed|std|standard|rrp|base)|was-?price|crossed|line-through|list-?price|(?:^|[-_\s])(?:rrp|msrp|uvp|was|before|compare)(?:$|[-_\s])|regular-?price|original-?price|base-?price|compare-?price|price--?(?:compare|list|was|old)/;
const blocks = new Set(
	"ADDRESS ARTICLE ASIDE BLOCKQUOTE BR DD DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TBODY TD TH THEAD TR UL BUTTON LABEL".split(
		" ",
	),
);
const fractionNames = /fraction|cents|decimal|minor|kopek|grosz|centimes/;

const nameAttributes = ["class", "id", "data-testid", "itemprop", "data-qa", "data-test", "name"];

/** What an element calls itself. Most elements of a page have no attribute to ask for. */
export const namesOf = (element: Element): string => {
	if (!element.hasAttributes()) return "";
	let names = "";
	for (const attribute of nameAttributes) {
		const name = element.getAttribute(attribute) ?? "";
		if (name !== "") names += names === "" ? name : ` ${name}`;
	}
	return names.slice(0, 300).toLowerCase().replaceAll("_", "-");
};

type Walk = {
	snippets: Snippet[];
	trails: Element[];
	left: number;
	ownPath: Set<Element>;
	heading: Element | null;
	headingAt: number;
};
type Context = { around: boolean; struck: boolean; names: string[]; depth: number };

const isAround = (element: Element, { tag, names }: { tag: string; names: string }, walk: Walk): boolean => {
	if (walk.ownPath.has(element)) return false;
	if (aroundTags.has(tag) || aroundRoles.has(element.getAttribute("role") ?? "")) return true;
	// An article's header holds its byline; the site's header stands outside of it.
	if (tag === "HEADER") return element.closest("main,article,[role='main']") === null;
	if (names === "") return false;
	// The line with the thing's own rating is called so too; others' words on it are longer.
	if (reviewNames.test(names) && (element.textContent ?? "").length > limits.snippetChars) return true;
	return aroundNames.test(names);
};

const isHidden = (element: Element): boolean =>
	element.hasAttributes() &&
	(element.hasAttribute("hidden") || /display:\s*none/i.test(element.getAttribute("style") ?? ""));

const isStruck = (element: Element, { tag, names }: { tag: string; names: string }): boolean =>
	struckTags.has(tag) ||
	(names !== "" && struckNames.test(names)) ||
	(element.hasAttributes() && /line-through/.test(element.getAttribute("style") ?? ""));

/** The part of a price that is set high or small beside its whole: `€ 68` with `50` is 68.50. */
const isFraction = (element: Element, text: string, before: string): boolean =>
	/^\d{2}$/.test(text.trim()) &&
	/\d$/.test(before) &&
	(element.tagName.toUpperCase() === "SUP" || fractionNames.test(namesOf(element)));

const joinChild = (out: string, child: Element, text: string): string => {
	if (isFraction(child, text, out.trimEnd())) return `${out.trimEnd()}.${text.trim()}`;
	return blocks.has(child.tagName.toUpperCase()) ? `${out} ${text} ` : out + text;
};

/** The element's text, or null when it is long; and what is in it is visited. */
const textIn = (element: Element, walk: Walk, own: Context): string | null => {
	let text: string | null = "";
	for (let node = element.firstChild; node !== null; node = node.nextSibling) {
		const child = node.nodeType === 1 ? (node as Element) : null;
		if (child !== null && (skipped.has(child.tagName.toUpperCase()) || isHidden(child))) continue;
		const inner: string | null =
			child === null ? (node.nodeType === 3 ? (node.nodeValue ?? "") : "") : visit(child, walk, own);
		if (inner === null || text === null || text.length + inner.length > limits.snippetChars * 3) text = null;
		else text = child === null ? text + inner : joinChild(text, child, inner);
	}
	return text;
};

/** The element's text as one line, or null when it is long. Its snippets, and those of what is in it, are added on the way. */
const visit = (element: Element, walk: Walk, context: Context): string | null => {
	if (walk.left <= 0 || context.depth > limits.heuristicDepth) return null;
	walk.left -= 1;
	const is = { tag: element.tagName.toUpperCase(), names: namesOf(element) };
	const own: Context = {
		around: context.around || isAround(element, is, walk),
		struck: context.struck || isStruck(element, is),
		names: [is.names, ...context.names].slice(0, 3),
		depth: context.depth + 1,
	};
	if (is.names !== "" && walk.trails.length < mostTrails && trailNames.test(is.names)) walk.trails.push(element);
	const text = textIn(element, walk, own);
	if (element === walk.heading) walk.headingAt = walk.snippets.length;
	const line = text === null ? "" : text.replace(/\s+/g, " ").trim();
	if (line !== "" && line.length <= limits.snippetChars) {
		const { around, struck, names: hints } = own;
		const at = walk.snippets.length;
		walk.snippets.push({ element, text: line, at, around, struck, names: is.names, hint: hints.join(" ") });
	}
	return text;
};

/** Reads the document into snippets, the inner ones before those around them. Bounded in elements and in depth. */
export const readSnippets = (document: Document, heading: Element | null): Snippets => {
	const ownPath = new Set<Element>();
	for (let at: Element | null = heading; at !== null; at = at.parentElement) ownPath.add(at);
	const walk: Walk = { snippets: [], trails: [], left: limits.heuristicElements, ownPath, heading, headingAt: -1 };
	if (document.body) visit(document.body, walk, { around: false, struck: false, names: [], depth: 0 });
	const byElement = new Map(walk.snippets.map((snippet) => [snippet.element, snippet]));
	return {
		all: walk.snippets,
		own: walk.snippets.filter(({ around }) => !around),
		headingAt: walk.headingAt,
		trails: walk.trails,
		around({ element, text }) {
			for (let at = element.parentElement, steps = 0; at !== null && steps < 3; at = at.parentElement, steps += 1) {
				const outer = byElement.get(at)?.text;
				if (outer !== undefined && outer.length > text.length) return outer;
			}
			return text;
		},
	};
};

/** A short way to say where a snippet was found: its element with its id or first class. */
export const placeOf = ({ element }: Pick<Snippet, "element">): string => {
	const tag = element.tagName.toLowerCase();
	const [first = ""] = (element.getAttribute("class") ?? "").trim().split(/\s+/);
	const id = element.getAttribute("id") ?? "";
	if (id !== "") return `${tag}#${id}`;
	return first === "" ? tag : `${tag}.${first}`;
};
