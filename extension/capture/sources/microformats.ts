import { limits } from "../limits.ts";
import { cleanLine } from "../values/text.ts";
import { pictureSource } from "./picture.ts";
import { rootPath, type Thing, type ThingValue } from "./thing.ts";

/** Class names of microformats (first and second version, https://microformats.org/wiki) by what schema.org calls the same. */
const cardNames: Record<string, string> = {
	name: ".p-name,.fn",
	worksFor: ".p-org,.org",
	telephone: ".p-tel,.tel",
	email: ".u-email,.email",
	url: ".u-url,.url",
	image: ".u-photo,.photo,.u-logo,.logo",
	jobTitle: ".p-job-title,.p-role,.role",
	address: ".p-adr,.adr",
};
const recipeNames: Record<string, string> = {
	name: ".p-name,.fn",
	description: ".p-summary,.summary",
	image: ".u-photo,.photo",
	author: ".p-author,.author",
	datePublished: ".dt-published,.published",
	recipeYield: ".p-yield,.yield",
	totalTime: ".dt-duration,.duration",
	recipeIngredient: ".p-ingredient,.ingredient",
	recipeInstructions: ".e-instructions,.instructions",
};

const roots = ".h-card,.vcard,.h-recipe,.hrecipe";
const mostRoots = 50;

const valueOf = (element: Element, name: string): string => {
	const tag = element.tagName.toUpperCase();
	if (tag === "IMG") return pictureSource(element);
	if (tag === "TIME") return element.getAttribute("datetime") ?? element.textContent ?? "";
	if (name === "url") return element.getAttribute("href") ?? "";
	const href = name === "email" ? (element.getAttribute("href") ?? "") : "";
	if (/^mailto:/i.test(href)) return href.slice("mailto:".length).split("?")[0] ?? "";
	// A number may have its type beside it: then a part of it is the value.
	const part = name === "telephone" ? element.querySelector(".value") : null;
	return cleanLine((part ?? element).textContent ?? "", limits.listItemChars);
};

/** Steps are one element with a list in it, or one element each. */
const elementsOf = (root: Element, selector: string, name: string): Element[] => {
	const found = Array.from(root.querySelectorAll(selector)).slice(0, limits.listItems);
	const items = name === "recipeInstructions" ? found.flatMap((one) => Array.from(one.querySelectorAll("li"))) : [];
	return items.length > 0 ? items.slice(0, limits.listItems) : found;
};

const typeOf = (root: Element): string => {
	if (root.matches(".h-recipe,.hrecipe")) return "Recipe";
	// A card whose name is that of an organisation is the organisation's.
	return root.querySelector(".fn.org,.p-name.p-org") === null ? "Person" : "Organization";
};

const readRoot = (root: Element): Thing => {
	const types = [typeOf(root)];
	const names = types[0] === "Recipe" ? recipeNames : cardNames;
	const properties = new Map<string, ThingValue[]>();
	for (const [name, selector] of Object.entries(names)) {
		const values = elementsOf(root, selector, name).map((element) => valueOf(element, name));
		const kept = values.filter((value) => value !== "");
		if (kept.length > 0) properties.set(name, kept);
	}
	return { types, id: null, properties, from: "content", path: rootPath(types) };
};

/** The cards and recipes that the document marks with the class names of microformats; one within another is a part of it. */
export const readMicroformats = (document: Document): Thing[] =>
	Array.from(document.querySelectorAll(roots))
		.slice(0, mostRoots)
		.filter((root) => root.parentElement?.closest(roots) === null)
		.map(readRoot)
		.filter(({ properties }) => properties.size > 1);
