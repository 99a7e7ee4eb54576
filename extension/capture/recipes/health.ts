import type { RecipeReading } from "./apply.ts";

/** How a recipe fared on one page. */
export type RecipeVisit = {
	/** The page, so that reading it twice is one visit: the browser's id of the document, or its address. */
	document: string;
	found: readonly string[];
	missing: readonly string[];
};

const keptVisits = 20;

/** The visits with this one; of a page that was read before, the newest reading counts. */
export function withVisit(
	visits: readonly RecipeVisit[],
	{ document, reading }: { document: string; reading: RecipeReading },
): RecipeVisit[] {
	const visit = { document, found: reading.found, missing: reading.missing.map(({ name }) => name) };
	const others = visits.filter((one) => one.document !== document);
	return [...others, visit].slice(-keptVisits);
}

export type FieldHealth = { name: string; found: number; visits: number };

/** Of how many of the last visits each field was found, as far as it was looked for. */
export function fieldHealth(visits: readonly RecipeVisit[], names: readonly string[]): FieldHealth[] {
	return names.map((name) => {
		const found = visits.filter((visit) => visit.found.includes(name)).length;
		const missing = visits.filter((visit) => visit.missing.includes(name)).length;
		return { name, found, visits: found + missing };
	});
}

/** The fields that were found on most earlier pages and are missing on this one. */
export function lostFields(
	visits: readonly RecipeVisit[],
	{ document, reading }: { document: string; reading: RecipeReading },
): RecipeReading["missing"] {
	const earlier = visits.filter((visit) => visit.document !== document);
	const usual = fieldHealth(
		earlier,
		reading.missing.map(({ name }) => name),
	).filter(({ found, visits: seen }) => found > 0 && found * 2 > seen);
	return reading.missing.filter(({ name }) => usual.some((field) => field.name === name));
}
