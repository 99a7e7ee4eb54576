export type Step = "out" | "in" | "back" | "on";

const unseen = /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|LINK|META|HEAD|BR|HR|SOURCE|TRACK)$/i;

/** Whether there is anything to take from the element. */
export function isPickable(element: Element): boolean {
	if (unseen.test(element.tagName)) return false;
	const hasWords = (element.textContent ?? "").trim() !== "";
	return (
		hasWords ||
		/^(IMG|INPUT|TEXTAREA|SELECT|VIDEO|METER|PICTURE)$/i.test(element.tagName) ||
		element.querySelector("img,input") !== null
	);
}

const first = (elements: Iterable<Element>): Element | null => {
	for (const element of elements) if (isPickable(element)) return element;
	return null;
};

function* siblings(element: Element, way: "back" | "on"): Generator<Element> {
	let next = way === "on" ? element.nextElementSibling : element.previousElementSibling;
	while (next !== null) {
		yield next;
		next = way === "on" ? next.nextElementSibling : next.previousElementSibling;
	}
}

/** Where an arrow key leads from an element; the element itself where there is nothing that way. */
export function walk(from: Element, step: Step): Element {
	if (step === "in") return first(from.children) ?? from;
	if (step === "out") {
		const parent = from.parentElement;
		return parent === null || /^(HTML|BODY)$/i.test(parent.tagName) ? from : parent;
	}
	const beside = first(siblings(from, step));
	if (beside !== null) return beside;
	// At the end of a group the way goes on in the next one.
	for (let at = from.parentElement; at !== null && !/^(HTML|BODY)$/i.test(at.tagName); at = at.parentElement) {
		const further = first(siblings(at, step));
		if (further !== null) return further;
	}
	return from;
}
