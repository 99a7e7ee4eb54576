import { findAll, labelSelector } from "../recipes/find.ts";
import { compoundsOf, placeOf } from "./compound.ts";
import { labelOf } from "./label-of.ts";

/** A recipe's field holds ten; the person may add two of their own. */
const maxSelectors = 8;
const enough = 2;
/** Ancestors that are asked for something to hold on to. */
const maxUp = 12;
const maxChars = 500;

/**
 * Selectors that each lead to this element first on this page, the likeliest to survive a change of the page first. Never empty
 * for an element of a document. Its mere place on the page is kept only where there is hardly anything else: after a change something
 * else may be there, and would be taken for it.
 */
export function selectorsFor(element: Element): string[] {
	const leads = (selector: string): boolean => findAll(element.ownerDocument, selector)[0]?.element === element;
	const own = compoundsOf(element);
	const alone = own.filter((compound) => isAlone(element.ownerDocument, compound));
	const label = labelOf(element);
	const candidates = [
		...alone,
		...scoped(element, own),
		...(label === null ? [] : [labelSelector(label)]),
		...own.filter((compound) => !alone.includes(compound)),
		...anchored(element),
	];
	const usable = [...new Set(candidates)].filter((selector) => selector.length <= maxChars && leads(selector));
	const kept = usable.slice(0, maxSelectors);
	return kept.length < enough ? [...kept, fromRoot(element)] : kept;
}

function isAlone(document: Document, compound: string): boolean {
	return findAll(document, compound).length === 1;
}

/** What the element has, below the nearest ancestor that there is one of: `#product .price`. */
function scoped(element: Element, own: readonly string[]): string[] {
	const anchors = anchorsOf(element).slice(0, 2);
	return anchors.flatMap(({ selector }) => own.slice(0, 2).map((compound) => `${selector} ${compound}`));
}

type Anchor = { selector: string; ancestor: Element };

/** Ancestors that can be told from everything else on the page by what they have, the nearest first. */
function anchorsOf(element: Element): Anchor[] {
	const anchors: Anchor[] = [];
	let ancestor = element.parentElement;
	for (let up = 0; ancestor !== null && ancestor.tagName.toUpperCase() !== "BODY" && up < maxUp; up++) {
		const selector = compoundsOf(ancestor).find((compound) => isAlone(element.ownerDocument, compound));
		if (selector !== undefined) anchors.push({ selector, ancestor });
		ancestor = ancestor.parentElement;
	}
	return anchors;
}

/** The way from an ancestor that can be told apart, by the places of what is between. */
function anchored(element: Element): string[] {
	return anchorsOf(element)
		.slice(0, 2)
		.map(({ selector, ancestor }) => [selector, ...wayTo(element, ancestor)].join(" > "));
}

function fromRoot(element: Element): string {
	const root = element.ownerDocument.body;
	if (root === null || root === element || !root.contains(element)) return element.tagName.toLowerCase();
	return ["body", ...wayTo(element, root)].join(" > ");
}

/** From the child of `ancestor` down to the element. */
export function wayTo(element: Element, ancestor: Element): string[] {
	const way: string[] = [];
	for (let at: Element | null = element; at !== null && at !== ancestor; at = at.parentElement)
		way.unshift(placeOf(at));
	return way;
}
