import { findAll } from "../recipes/find.ts";
import { compoundsOf } from "./compound.ts";
import { selectorsFor, wayTo } from "./selectors.ts";

const maxUp = 10;
const maxSimilar = 500;

/**
 * Selectors that lead to this element and everything like it on the page (the price of each card), the surest first. Empty where there is
 * nothing like it.
 */
export function similarSelectors(element: Element): string[] {
	const { ownerDocument: document } = element;
	const candidates = [...compoundsOf(element).slice(0, 3), ...byRepetition(element)];
	const usable = candidates.filter((selector) => {
		const found = findAll(document, selector);
		return found.length > 1 && found.length < maxSimilar && found.some((one) => one.element === element);
	});
	return [...new Set(usable)].slice(0, 4);
}

/** Climbs to an ancestor that stands among its like, and says the way down from any of them. */
function byRepetition(element: Element): string[] {
	const found: string[] = [];
	let card: Element | null = element;
	for (let up = 0; card !== null && up < maxUp && found.length < 2; up++, card = card.parentElement) {
		const list: Element | null = card.parentElement;
		if (list === null || !standsAmongItsLike(card, list)) continue;
		const [listSelector = list.tagName.toLowerCase()] =
			list.tagName.toUpperCase() === "BODY" ? ["body"] : selectorsFor(list);
		if (listSelector.startsWith("label=")) continue;
		const [own] = compoundsOf(card).filter((compound) => compound.startsWith("."));
		const each = own ?? card.tagName.toLowerCase();
		found.push([listSelector, each, ...wayTo(element, card)].join(" > "));
	}
	return found;
}

function standsAmongItsLike(card: Element, list: Element): boolean {
	const alike = Array.from(list.children).filter((one) => one.tagName === card.tagName);
	const built = (one: Element): string => Array.from(one.children, ({ tagName }) => tagName).join(" ");
	return alike.length > 1 && alike.filter((one) => built(one) === built(card)).length > 1;
}
