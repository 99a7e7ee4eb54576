/**
 * What is asked of elements while a page is read. A form hides each of these behind a control of that name, in the isolated
 * world too: with `<input name="attributes">` in it, its `attributes` are that input. (Documents do so only for the page's
 * own scripts; e2e/probes/hostile-pages.spec.ts watches that.)
 */
const hideable = new Set(
	(
		"nodeType nodeName tagName localName namespaceURI attributes children childNodes childElementCount firstChild lastChild " +
		"firstElementChild lastElementChild nextSibling previousSibling nextElementSibling previousElementSibling parentNode " +
		"parentElement ownerDocument isConnected textContent innerText innerHTML outerHTML className classList getAttribute " +
		"setAttribute removeAttribute hasAttribute hasAttributes getAttributeNames closest matches contains remove replaceWith " +
		"replaceChild removeChild appendChild insertBefore append prepend insertAdjacentElement querySelector querySelectorAll " +
		"getElementsByTagName getElementsByClassName cloneNode compareDocumentPosition"
	).split(" "),
);

const controls = "input,button,select,textarea,output,fieldset,form img,form object";

/** More than any page has; the rest of a flood is left as it is. */
const mostControls = 20_000;

const isHiding = (control: Element): boolean =>
	hideable.has(control.getAttribute("name") ?? "") || hideable.has(control.getAttribute("id") ?? "");

const hidingIn = (document: Document): Element[] =>
	Array.from(document.querySelectorAll(controls)).slice(0, mostControls).filter(isHiding);

/** The document itself, or, where forms hide what is asked of them, a copy without those names. The page is not changed. */
export const unclobbered = (document: Document): Document => {
	if (hidingIn(document).length === 0) return document;
	const copy = document.cloneNode(true) as Document;
	for (const control of hidingIn(copy)) {
		control.removeAttribute("name");
		control.removeAttribute("id");
	}
	return copy;
};
