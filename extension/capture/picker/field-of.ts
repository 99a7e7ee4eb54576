import type { FieldType, FieldValue } from "../../../backend/contract/fields.ts";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import { findAll } from "../recipes/find.ts";
import { valueOf } from "../recipes/read-field.ts";
import type { RecipePlace } from "../recipes/recipe.ts";
import { selectorsFor } from "./selectors.ts";
import { similarSelectors } from "./similar.ts";

/** What a person says of an element they have picked. */
export type Choice = { name: string; type: FieldType; all: boolean };

/** The recipe's field for an element; `all`: for everything like it, which only a list or a text can hold. */
export function fieldOf(element: Element, { name, type, all }: Choice): RecipeField {
	const similar = all ? similarSelectors(element) : [];
	if (similar.length === 0) return { name, type, selectors: selectorsFor(element) };
	return { name, type: type === "text" ? "text" : "list", selectors: similar, many: true };
}

/** How many there are like it on the page, itself among them; 1 where it stands alone. */
export function countSimilar(element: Element): number {
	const [selector] = similarSelectors(element);
	return selector === undefined ? 1 : findAll(element.ownerDocument, selector).length;
}

/** The elements that a field is read from on this page. */
export function elementsOf({ selectors, many = false }: RecipeField, document: Document): Element[] {
	for (const selector of selectors) {
		const found = findAll(document, selector).map(({ element }) => element);
		if (found.length > 0) return many ? found.slice(0, 100) : found.slice(0, 1);
	}
	return [];
}

/** What an element says as a value of the type, as it would be captured; null where it says nothing of that type. */
export function valueIn(element: Element, field: RecipeField, place: RecipePlace): FieldValue | null {
	if (field.many) return valueOf(findAll(place.document, field.selectors[0] ?? ""), field, place);
	return valueOf([{ element, without: "" }], field, place);
}
