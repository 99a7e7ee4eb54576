import type { RecipeSettings } from "../../../backend/contract/recipes.ts";
import type { RecipeReading } from "./apply.ts";

/** As the contract bounds it. */
const maxSelectors = 10;

/**
 * The recipe with what was found for its missing fields: the new selectors first, the old ones after them, because other pages of the site
 * may be as they were.
 */
export function repaired(recipe: RecipeSettings, missing: RecipeReading["missing"]): RecipeSettings {
	const found = new Map(
		missing.flatMap(({ name, repair }) => (repair === null ? [] : [[name, repair.selectors] as const])),
	);
	const fields = recipe.fields.map((field) => {
		const selectors = found.get(field.name);
		if (selectors === undefined) return field;
		return { ...field, selectors: [...new Set([...selectors, ...field.selectors])].slice(0, maxSelectors) };
	});
	return { ...recipe, fields };
}
