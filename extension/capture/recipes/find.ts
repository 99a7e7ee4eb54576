import { cleanLine } from "../values/text.ts";

/** An element that a selector leads to. `without`: words at its beginning that are its label and not its value. */
export type Found = { element: Element; without: string };

/** What a selector begins with that is no CSS. */
export const labelPrefix = "label=";
/** Words in front of a value are few. */
const maxLabelChars = 60;
const maxTextNodes = 30_000;
const maxFound = 500;
const showText = 4;

/** The selector for what stands beside these words. */
export const labelSelector = (label: string): string => `${labelPrefix}${label}`;

/** A label as it is compared: without its colon, in small letters, on one line. */
export const plainLabel = (text: string): string =>
	cleanLine(text, maxLabelChars + 1)
		.replace(/\s*[:：]$/, "")
		.toLowerCase();

/** Whether a text may be a label at all. */
export const isLabel = (text: string): boolean => /\p{L}/u.test(text) && text.length <= maxLabelChars;

/**
 * What a selector of a recipe leads to, in the page's order: CSS, or `label=…`. A selector that no browser understands finds nothing.
 */
export function findAll(document: Document, selector: string): Found[] {
	if (selector.startsWith(labelPrefix)) return beside(document, selector.slice(labelPrefix.length));
	try {
		return Array.from(document.querySelectorAll(selector))
			.slice(0, maxFound)
			.map((element) => ({ element, without: "" }));
	} catch {
		return [];
	}
}

function beside(document: Document, label: string): Found[] {
	const wanted = plainLabel(label);
	if (wanted === "" || document.body === null) return [];
	const walker = document.createTreeWalker(document.body, showText);
	const found: Found[] = [];
	for (let seen = 0; seen < maxTextNodes && found.length < maxFound; seen++) {
		const node = walker.nextNode();
		if (node === null) break;
		const text = node.textContent ?? "";
		// Most texts are told apart by their length alone.
		if (text.length > maxLabelChars * 4 || plainLabel(text) !== wanted || node.parentElement === null) continue;
		const value = valueBeside(node.parentElement);
		if (value !== null) found.push(value);
	}
	return found;
}

/** The value that an element with nothing but a label in it stands in front of. */
function valueBeside(label: Element): Found | null {
	const named = label.getAttribute("for");
	const control = named === null ? null : (label.ownerDocument.getElementById(named) ?? null);
	if (control !== null) return { element: control, without: "" };
	for (let element: Element | null = label, up = 0; element !== null && up < 3; element = element.parentElement, up++) {
		const next = nextWithText(element);
		if (next !== null) return { element: next, without: "" };
		const parent: Element | null = element.parentElement;
		const words = label.textContent ?? "";
		// `<p><b>Price:</b> 12 €</p>`: the value is what is left of the paragraph.
		if (parent !== null && cleanLine(parent.textContent ?? "").length > cleanLine(words).length) {
			return cleanLine(parent.textContent ?? "").startsWith(cleanLine(words))
				? { element: parent, without: cleanLine(words) }
				: null;
		}
	}
	return null;
}

function nextWithText(element: Element): Element | null {
	for (let next = element.nextElementSibling; next !== null; next = next.nextElementSibling) {
		if (/^(SCRIPT|STYLE|BR|HR)$/i.test(next.tagName)) continue;
		const isValue = (next.textContent ?? "").trim() !== "" || /^(IMG|INPUT|TIME|METER)$/i.test(next.tagName);
		if (isValue) return next;
	}
	return null;
}
