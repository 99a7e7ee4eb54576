import { findAll, isLabel, labelSelector, plainLabel } from "../recipes/find.ts";
import { cleanLine } from "../values/text.ts";

const maxUp = 4;

/** Words that stand in front of the element and name it, as the page writes them, or null: `Price` of `<dt>Price:</dt><dd>…`. */
export function labelOf(element: Element): string | null {
	for (const before of elementsBefore(element)) {
		const words = cleanLine(before.textContent ?? "", 100);
		const label = words.replace(/\s*[:：]$/, "");
		// Headings, paragraphs and links stand in front of everything and name nothing, unless a colon says that they do.
		if (label === words && !/^(DT|TH|TD|LABEL|B|STRONG|SPAN|DIV|SMALL|EM)$/i.test(before.tagName)) continue;
		if (!isLabel(label) || plainLabel(label) === plainLabel(element.textContent ?? "")) continue;
		const [first] = findAll(element.ownerDocument, labelSelector(label));
		if (first?.element === element) return label;
	}
	return null;
}

function* elementsBefore(element: Element): Generator<Element> {
	for (let at: Element | null = element, up = 0; at !== null && up < maxUp; at = at.parentElement, up++) {
		// `<p><b>Price:</b> 12 €</p>`
		if (at === element && at.firstElementChild !== null) yield at.firstElementChild;
		for (let before = at.previousElementSibling; before !== null; before = before.previousElementSibling) {
			if ((before.textContent ?? "").trim() === "") continue;
			yield before;
			break;
		}
	}
}
