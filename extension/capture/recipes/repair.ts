import type { FieldValue } from "../../../backend/contract/fields.ts";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import { labelOf } from "../picker/label-of.ts";
import { selectorsFor } from "../picker/selectors.ts";
import { similarSelectors } from "../picker/similar.ts";
import { findAll, plainLabel } from "./find.ts";
import { valueOf } from "./read-field.ts";
import { isOver, type RecipePlace } from "./recipe.ts";

/** Where a field that is not found any more is likely to be now. */
export type Repair = { selectors: string[]; value: FieldValue };

/** What is known of a field besides its selectors. */
export type RepairHints = {
	/** What people call it: its name in the vocabulary, or its own. */
	label: string;
	/** The value that the page's structured data has for it, if any. */
	structured: FieldValue | null;
};

const maxElements = 4_000;
const maxChars = 400;
/** Below this it would be a guess. */
const enough = 4;

/** The words of which names are made: `product-price__value` and `ProductPrice` share two. */
function nameWords(text: string): Set<string> {
	const words = text
		.replace(/([a-z])([A-Z])/g, "$1 $2")
		.toLowerCase()
		.split(/[^a-z]+/);
	return new Set(
		words.filter((word) => word.length > 2 && !/^(div|span|nth|type|body|main|section|data|class|label)$/.test(word)),
	);
}

/**
 * Looks for a field whose selectors lead nowhere: what holds the value that the structured data has, what stands beside the field's name, what
 * is called alike, what is where the old selectors pointed. Null unless several signs say so and the value is of the field's type.
 */
export function findRepair(field: RecipeField, place: RecipePlace, hints: RepairHints): Repair | null {
	const signs: Signs = {
		labels: new Set([hints.label, ...labelsIn(field)].map(plainLabel)),
		names: nameWords([field.name, ...field.selectors.filter((one) => !one.startsWith("label="))].join(" ")),
		near: nearOf(field, place),
		tag: lastTag(field),
		structured: hints.structured === null ? null : JSON.stringify(hints.structured),
	};
	let best: { element: Element; value: FieldValue; score: number } | null = null;
	for (const element of candidates(place.document)) {
		const cheap = cheapScore(element, signs);
		const most = cheap + (signs.structured === null ? 0 : sameAsStructured);
		// Reading what an element says is what costs: it is asked of those that can win.
		if (most < enough || most < (best?.score ?? 0)) continue;
		const value = valueOf([{ element, without: "" }], { ...field, many: false }, place);
		if (value === null) continue;
		const score = cheap + (signs.structured === JSON.stringify(value) ? sameAsStructured : 0);
		if (score < enough) continue;
		// Of one inside the other with the same signs, the inner one is the value's own.
		if (best === null || score > best.score || (score === best.score && best.element.contains(element)))
			best = { element, value, score };
	}
	if (best === null) return null;
	const similar = field.many ? similarSelectors(best.element) : [];
	return { selectors: similar.length > 0 ? similar : selectorsFor(best.element), value: best.value };
}

type Signs = { labels: Set<string>; names: Set<string>; near: Element | null; tag: string; structured: string | null };

const sameAsStructured = 4;
const namedBeside = 4;

/** Everything that can be told without reading what the element says. */
function cheapScore(element: Element, signs: Signs): number {
	const own = ["id", "class", "itemprop", "data-testid", "data-test", "data-qa"];
	const named = nameWords(own.map((name) => element.getAttribute(name) ?? "").join(" "));
	const shared = [...named].filter((word) => signs.names.has(word)).length;
	const isNear = signs.near?.contains(element) ?? false;
	const likeBefore = (isNear ? 1 : 0) + (element.tagName.toLowerCase() === signs.tag ? 1 : 0);
	return Math.min(shared, 2) * 3 + likeBefore + (isNamedBeside(element, signs.labels) ? namedBeside : 0);
}

function isNamedBeside(element: Element, labels: ReadonlySet<string>): boolean {
	const before = element.previousElementSibling ?? element.parentElement?.previousElementSibling ?? null;
	if (before === null || !labels.has(plainLabel(before.textContent ?? ""))) return false;
	return labelOf(element) !== null;
}

/** Small elements with something in them; a container's text is everybody's. */
function* candidates(document: Document): Generator<Element> {
	let seen = 0;
	for (const element of document.body?.querySelectorAll("*") ?? []) {
		if (++seen > maxElements) return;
		if (/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|OPTION|SVG|PATH)$/i.test(element.tagName)) continue;
		if (element.childElementCount <= 3 && (element.textContent ?? "").length <= maxChars) yield element;
	}
}

const labelsIn = ({ selectors }: RecipeField): string[] =>
	selectors.flatMap((selector) => (selector.startsWith("label=") ? [selector.slice("label=".length)] : []));

/** The nearest thing that is still there of what the old selectors went through. */
function nearOf({ selectors }: RecipeField, place: RecipePlace): Element | null {
	for (const selector of selectors) {
		if (selector.startsWith("label=")) continue;
		const parts = selector.split(/\s+(?:>\s+)?/);
		for (let length = parts.length - 1; length > 0; length--) {
			if (isOver(place)) return null;
			const [found] = findAll(place.document, parts.slice(0, length).join(" "));
			if (found !== undefined && found.element !== place.document.body) return found.element;
		}
	}
	return null;
}

const lastTag = ({ selectors }: RecipeField): string =>
	/(?:^|[\s>])([a-z][a-z0-9]*)(?:[:.[#][^\s>]*)?$/.exec(selectors.at(-1) ?? "")?.[1] ?? "";
