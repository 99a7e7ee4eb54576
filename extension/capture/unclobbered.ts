const names = (text: string): string[] => text.split(" ");

/**
 * What is asked of nodes while a page is read. A page can hide each of these on a form: `<input name="attributes">` takes
 * the place of its form's property, in the isolated world too.
 */
const ofNodes = new Set(
	names(
		"nodeType nodeName tagName localName namespaceURI attributes children childNodes childElementCount firstChild lastChild " +
			"firstElementChild lastElementChild nextSibling previousSibling nextElementSibling previousElementSibling parentNode " +
			"parentElement ownerDocument isConnected textContent innerText innerHTML outerHTML className classList getAttribute " +
			"setAttribute removeAttribute hasAttribute getAttributeNames closest matches contains remove replaceWith replaceChild " +
			"removeChild appendChild insertBefore append prepend insertAdjacentElement querySelector querySelectorAll " +
			"getElementsByTagName getElementsByClassName cloneNode compareDocumentPosition",
	),
);

/** What is asked of the document besides, and hidden by `<img name="title">`. */
const ofDocuments = new Set([
	...ofNodes,
	...names(
		"documentElement head body title getElementById createElement createDocumentFragment createTextNode createTreeWalker " +
			"createNodeIterator importNode adoptNode implementation styleSheets defaultView evaluate baseURI URL",
	),
]);

const controls = "input,button,select,textarea,output,fieldset";
const hidingDocuments = "form,img,embed,object,iframe";

/** More of them than any page has; the rest of a flood is left as it is. */
const mostHiders = 20_000;

type Method = (...parameters: unknown[]) => unknown;

/** A method as its prototype has it, bound: what the page put on the object itself is passed over. */
const native = (object: object, name: string): Method => {
	let at: unknown = Object.getPrototypeOf(object);
	while (typeof at === "object" && at !== null) {
		const method: unknown = Object.getOwnPropertyDescriptor(at, name)?.value;
		if (typeof method === "function") return method.bind(object) as Method;
		at = Object.getPrototypeOf(at);
	}
	throw new TypeError(`No ${name}`);
};

const attributeOf = (element: Element, name: string): string => {
	const value = native(element, "getAttribute")(name);
	return typeof value === "string" ? value : "";
};

const hidersIn = (document: Document): Element[] => {
	const found = (selector: string, hidden: ReadonlySet<string>): Element[] => {
		const elements = Array.from(native(document, "querySelectorAll")(selector) as NodeListOf<Element>);
		const isHiding = (element: Element): boolean =>
			hidden.has(attributeOf(element, "name")) || hidden.has(attributeOf(element, "id"));
		return elements.slice(0, mostHiders).filter(isHiding);
	};
	return [...found(controls, ofNodes), ...found(hidingDocuments, ofDocuments)];
};

/**
 * The document itself, or, where it hides its own properties behind names of elements, a copy of it without those names.
 * The page is not changed.
 */
export const unclobbered = (document: Document): Document => {
	if (hidersIn(document).length === 0) return document;
	const copy = native(document, "cloneNode")(true) as Document;
	for (const element of hidersIn(copy)) {
		for (const attribute of ["name", "id"]) native(element, "removeAttribute")(attribute);
	}
	return copy;
};
