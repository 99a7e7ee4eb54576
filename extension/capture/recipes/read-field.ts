import type { FieldValue } from "../../../backend/contract/fields.ts";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import { currencyCode } from "../values/price.ts";
import { httpUrl } from "../values/url.ts";
import { textsOf, wordsOf } from "./element-text.ts";
import { type Found, findAll } from "./find.ts";
import { isOver, type RecipePlace } from "./recipe.ts";
import { applySteps, type Stepped } from "./steps.ts";
import { listValue, typedValue } from "./typed.ts";

/** A value and the selector that led to it. */
export type FieldReading = { value: FieldValue; selector: string };

/** The field's value on this page by the first selector that leads to one, or null; null too where the place's time is over before. */
export function readField(field: RecipeField, place: RecipePlace): FieldReading | null {
	for (const selector of field.selectors) {
		if (isOver(place)) return null;
		const found = findAll(place.document, selector);
		const value = found.length === 0 ? null : valueOf(found, field, place);
		if (value !== null) return { value, selector };
	}
	return null;
}

/** What the elements say, as a value of the field's type; null where they say nothing of that type. */
export function valueOf(
	found: readonly Found[],
	field: Pick<RecipeField, "type" | "attribute" | "many" | "transforms">,
	place: RecipePlace,
): FieldValue | null {
	const { type, many = false } = field;
	if (type === "list") return listValue((many ? found : found.slice(0, 1)).flatMap((one) => entriesOf(one, field)));
	if (many && (type === "text" || type === "markdown")) {
		const lines = found.flatMap((one) => entriesOf(one, field));
		return typedValue(lines.join("\n"), type, place);
	}
	const [first] = found;
	return first === undefined ? null : oneValue(first, field, place);
}

function oneValue(
	found: Found,
	{ type, attribute, transforms = [] }: Pick<RecipeField, "type" | "attribute" | "transforms">,
	place: RecipePlace,
): FieldValue | null {
	if (type === "boolean") return checkedValue(found, attribute) ?? typedValue(wordsOf(found), type, place);
	const currency = type === "currency" ? currencyNear(found.element) : null;
	for (const text of textsOf(found, type, attribute)) {
		const stepped = text.trim() === "" ? null : applySteps(addressOr(text, type, place), transforms);
		const value = stepped === null ? null : fieldOf(stepped, type, { ...place, currency });
		if (value !== null) return value;
	}
	return null;
}

/** A relative address is a whole one before any step sees it; one that is none to save is nothing. */
function addressOr(text: string, type: RecipeField["type"], { base }: RecipePlace): string {
	return type === "url" || type === "image" ? (httpUrl(text, base) ?? "") : text;
}

function fieldOf(
	stepped: Stepped,
	type: FieldValue["type"],
	place: RecipePlace & { currency: string | null },
): FieldValue | null {
	if (typeof stepped === "number") {
		if (type === "number") return { type, value: stepped };
		if (type === "currency")
			return place.currency === null ? null : { type, value: { amount: stepped, currency: place.currency } };
		return typedValue(String(stepped), type, place);
	}
	return typedValue(typeof stepped === "string" ? stepped : stepped.join(", "), type, place);
}

function entriesOf(
	found: Found,
	{ attribute, transforms = [] }: Pick<RecipeField, "attribute" | "transforms">,
): string[] {
	const items = attribute === undefined ? Array.from(found.element.querySelectorAll("li")).slice(0, 500) : [];
	const texts =
		items.length > 0
			? items.map((element) => wordsOf({ element, without: "" }))
			: [...textsOf(found, "text", attribute)].slice(0, 1);
	return texts.flatMap((text) => {
		const stepped = applySteps(text, transforms);
		return stepped === null ? [] : typeof stepped === "object" ? [...stepped] : [String(stepped)];
	});
}

function checkedValue({ element }: Found, attribute: string | undefined): FieldValue | null {
	if (attribute !== undefined) return { type: "boolean", value: element.hasAttribute(attribute) };
	if (/^(checkbox|radio)$/i.test(element.getAttribute("type") ?? "")) {
		const ticked = "checked" in element && typeof element.checked === "boolean" ? element.checked : null;
		return { type: "boolean", value: ticked ?? element.hasAttribute("checked") };
	}
	const said = element.getAttribute("aria-checked") ?? element.getAttribute("aria-pressed");
	return said === null ? null : { type: "boolean", value: said === "true" };
}

/** The currency that the page names beside the amount (`<meta itemprop="priceCurrency" content="EUR">`), or null. */
function currencyNear(element: Element): string | null {
	const scope = element.closest("[itemscope]") ?? element.parentElement;
	const named = scope?.querySelector("[itemprop=priceCurrency]");
	return currencyCode(named?.getAttribute("content") ?? named?.textContent ?? "");
}
