import type { Fields, FieldValue } from "../../../backend/contract/fields.ts";
import type { RecipeField } from "../../../backend/contract/recipes.ts";
import type { CaptureDraft } from "../draft.ts";
import { provenanceOf, rankOf, usualConfidence } from "../trust.ts";
import { isFieldName, vocabulary } from "../vocabulary.ts";
import { readField } from "./read-field.ts";
import { isOver, type RecipePlace, type UsableRecipe } from "./recipe.ts";
import { findRepair, type Repair } from "./repair.ts";

/** How one recipe fared on a page. */
export type RecipeReading = {
	id: string;
	version: number;
	name: string;
	/** Names of the fields it found a value for, */
	found: string[];
	/** and of those it did not, with where they are likely to be now. */
	missing: { name: string; repair: Repair | null }[];
};

/** The popup waits: looking for what is missing is given up after so many fields, */
const maxRepairs = 5;
/** and what has not been read after this long on a page of tens of thousands of elements is left alone, neither found nor missing. */
const limitMs = 300;

/** The wire's bound (backend/contract/fields.ts). */
const maxFields = 100;

/** What people call a field. */
const labelOf = (name: string): string => (isFieldName(name) ? vocabulary[name].label : name);

/**
 * The draft with what the recipes say of this page: their values stand above everything but what was pointed at or typed, the first recipe
 * above the others. A recipe that fails loses its own fields and nothing else.
 */
export function withRecipes(
	draft: CaptureDraft,
	recipes: readonly UsableRecipe[],
	{ document, base, language }: Omit<RecipePlace, "until">,
): { draft: CaptureDraft; readings: RecipeReading[] } {
	const next: CaptureDraft = { ...draft, fields: { ...draft.fields }, provenance: { ...draft.provenance } };
	const taken = new Set<string>();
	const place: RecipePlace = { document, base, language, until: performance.now() + limitMs };
	const readings = recipes.map((usable) => applyOne(usable, { place, structured: draft.fields, next, taken }));
	const first = recipes.find((_, index) => (readings[index]?.found.length ?? 0) > 0);
	// A recipe for plain pages leaves it to the page to say that it is more than one.
	if (first !== undefined && first.recipe.kind !== "page") next.kind = first.recipe.kind;
	const picture = next.fields["image"];
	if (taken.has("image") && picture?.type === "image") next.image = picture.value;
	return { draft: next, readings };
}

type Applying = { place: RecipePlace; structured: Fields; next: CaptureDraft; taken: Set<string> };

function applyOne({ id, version, recipe }: UsableRecipe, { place, structured, next, taken }: Applying): RecipeReading {
	const reading: RecipeReading = { id, version, name: recipe.name, found: [], missing: [] };
	for (const field of recipe.fields) {
		const read = attempt(() => readField(field, place));
		if (read === null && isOver(place)) break;
		if (read === null) {
			const hints = { label: labelOf(field.name), structured: fitting(own(structured, field.name), field) };
			const repair = reading.missing.length < maxRepairs ? attempt(() => findRepair(field, place, hints)) : null;
			reading.missing.push({ name: field.name, repair });
			continue;
		}
		reading.found.push(field.name);
		const held = own(next.provenance, field.name);
		if (taken.has(field.name) || (held !== undefined && rankOf(held.from) < rankOf("selector"))) continue;
		if (held === undefined && Object.keys(next.fields).length >= maxFields) continue;
		taken.add(field.name);
		const confidence = sureness(field, read.selector);
		setOwn(next.fields, field.name, read.value);
		setOwn(next.provenance, field.name, provenanceOf({ from: "selector", path: read.selector, confidence }));
	}
	return reading;
}

/** The later a selector comes, the more of the page has changed since it was written. */
function sureness({ selectors }: RecipeField, selector: string): number {
	const place = selectors.indexOf(selector);
	return Math.round(Math.max(0.5, usualConfidence.selector - place * 0.05) * 100) / 100;
}

/** A person may call a field `constructor` or `__proto__`. */
const own = <Value>(from: Readonly<Record<string, Value>>, name: string): Value | undefined =>
	Object.hasOwn(from, name) ? from[name] : undefined;

/** Plain assignment to `__proto__` sets no field. */
const setOwn = <Value>(into: Record<string, Value>, name: string, value: Value): void => {
	Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
};

const fitting = (value: FieldValue | undefined, { type }: RecipeField): FieldValue | null =>
	value?.type === type ? value : null;

function attempt<T>(work: () => T): T | null {
	try {
		return work();
	} catch {
		return null;
	}
}
