import type { FieldType } from "../../../backend/contract/fields.ts";
import type { Found } from "./find.ts";

/** What an element says, as a person sees it; what is hidden is read too when nothing else is there. */
export function wordsOf({ element, without }: Found): string {
	// `innerText` breaks lines where the page does, and leaves out what is not shown.
	const shown = "innerText" in element ? String(element.innerText) : "";
	const words = shown.trim() === "" ? (element.textContent ?? "") : shown;
	const trimmed = words.trim();
	return without !== "" && trimmed.startsWith(without) ? trimmed.slice(without.length).replace(/^\s*[:：]/, "") : words;
}

/** The attribute that holds a value of the type in elements that have one, the surest first. */
const attributes: Partial<Record<FieldType, readonly string[]>> = {
	url: ["href", "content"],
	image: ["src", "data-src", "content", "href"],
	date: ["datetime", "content"],
	number: ["value", "content"],
	currency: ["content", "value"],
};

const within: Partial<Record<FieldType, string>> = { url: "a[href]", image: "img", date: "time[datetime]" };

/**
 * The texts that may hold a value of the type in what was found, the likeliest first: the attribute the recipe names, and no other;
 * else what elements of that type keep their value in, and their words.
 */
export function* textsOf(found: Found, type: FieldType, attribute: string | undefined): Generator<string> {
	const { element } = found;
	if (attribute !== undefined) {
		yield element.getAttribute(attribute) ?? "";
		return;
	}
	if (type === "currency" || type === "number") yield wordsOf(found);
	if ("value" in element && /^(INPUT|TEXTAREA|SELECT)$/i.test(element.tagName)) yield String(element.value);
	const inner = within[type];
	const holders = inner === undefined ? [element] : [element, element.querySelector(inner), element.closest(inner)];
	for (const holder of holders) {
		if (holder === null) continue;
		// What the browser chose out of a srcset, or the page put there later.
		if (type === "image" && "currentSrc" in holder && holder.currentSrc !== "") yield String(holder.currentSrc);
		for (const name of attributes[type] ?? []) yield holder.getAttribute(name) ?? "";
	}
	if (element.tagName.toUpperCase() === "META") yield element.getAttribute("content") ?? "";
	const words = wordsOf(found);
	// Words that are no address are not to be read as a path of this site.
	if (type !== "image" && (type !== "url" || /^\s*https?:/i.test(words))) yield words;
}
