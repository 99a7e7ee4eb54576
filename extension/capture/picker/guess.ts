import type { FieldType } from "../../../backend/contract/fields.ts";
import { plainLabel } from "../recipes/find.ts";
import type { RecipePlace } from "../recipes/recipe.ts";
import { typedValue } from "../recipes/typed.ts";
import { cleanLine } from "../values/text.ts";
import { type FieldName, isFieldName, vocabulary } from "../vocabulary.ts";
import { labelOf } from "./label-of.ts";

/** What schema.org and common markup call Sheaf's fields. */
const otherNames: Readonly<Record<string, FieldName>> = {
	name: "title",
	headline: "title",
	datepublished: "published",
	datemodified: "modified",
	ratingvalue: "rating",
	reviewcount: "ratingCount",
	ratingcount: "ratingCount",
	gtin13: "gtin",
	isbn: "gtin",
	keywords: "tags",
	startdate: "starts",
	enddate: "ends",
	hiringorganization: "company",
	joblocation: "location",
	"e-mail": "email",
	telephone: "phone",
	manufacturer: "brand",
};

/** Longer texts are descriptions, whatever number is in them. */
const maxShortChars = 40;

/** What type an element's value is likely to be of. */
export function guessType(element: Element, place: RecipePlace): FieldType {
	const tag = element.tagName.toUpperCase();
	if (tag === "IMG" || tag === "PICTURE") return "image";
	if (tag === "TIME") return "date";
	if (tag === "UL" || tag === "OL") return "list";
	if (element.getAttribute("type")?.toLowerCase() === "checkbox") return "boolean";
	const text = cleanLine(element.textContent ?? "", 200);
	if (text === "" && element.querySelector("img") !== null) return "image";
	if (text === "" || text.length > maxShortChars) return "text";
	if (/\d/.test(text) && typedValue(text, "currency", place) !== null) return "currency";
	if (/^\d{4}|\d{4}$/.test(text) && typedValue(text, "date", place) !== null) return "date";
	return /^[-−]?[\d.,\s]+[km]?$/i.test(text) && typedValue(text, "number", place) !== null ? "number" : "text";
}

/**
 * What a person is likely to call it: by what the page says for machines, the words in front of it, or its type. Not one that is `taken`.
 *
 * @param labels the vocabulary's names by what people call them here, in small letters
 */
export function guessName(
	element: Element,
	{ type, taken, labels }: { type: FieldType; taken: ReadonlySet<string>; labels: ReadonlyMap<string, string> },
): string {
	const label = labelOf(element);
	const machine = [
		element.getAttribute("itemprop"),
		element.getAttribute("data-field"),
		element.getAttribute("data-testid"),
	];
	const candidates = [
		...machine.map((name) => known(name ?? "", labels)),
		...Array.from(element.classList, (name) => known(name, labels)),
		label === null ? null : (known(label, labels) ?? label),
		byTag(element),
		byType[type] ?? null,
	];
	return candidates.find((name): name is string => name !== null && name !== "" && !taken.has(name)) ?? "";
}

const byType: Partial<Record<FieldType, FieldName>> = {
	image: "image",
	currency: "price",
	date: "published",
	url: "url",
};

function byTag(element: Element): FieldName | null {
	if (element.tagName.toUpperCase() === "H1") return "title";
	return element.tagName.toUpperCase() === "ADDRESS" ? "address" : null;
}

/** Sheaf's name for a word of the page, or null where it has none. */
function known(word: string, labels: ReadonlyMap<string, string>): string | null {
	const plain = plainLabel(word);
	if (plain === "") return null;
	const own = labels.get(plain) ?? otherNames[plain];
	if (own !== undefined) return own;
	// `product-price`, `productPrice`: the last word says what it is.
	const last =
		word
			.replace(/([a-z])([A-Z])/g, "$1-$2")
			.split(/[-_\s]+/)
			.at(-1)
			?.toLowerCase() ?? "";
	const named = otherNames[last] ?? last;
	return isFieldName(named) && !/\s/.test(word) ? named : null;
}

/** The type that the vocabulary gives a name, or null for one's own. */
export const typeOfName = (name: string): FieldType | null => (isFieldName(name) ? vocabulary[name].type : null);
