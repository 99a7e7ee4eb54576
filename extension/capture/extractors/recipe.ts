import type { Located } from "../findings.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { commonParts, peopleLine, ratingParts } from "./schema-parts.ts";
import { readShownRecipe, shownRecipe } from "./shown-recipe.ts";
import { stepLines } from "./steps.ts";

const types = new Set(["Recipe"]);

/** `["4", "4 servings"]` is common: the one that says of what is the better answer. */
const servings = (thing: ThingReader): Located<string> | null => {
	const lines = thing.lines(["recipeYield", "yield"]);
	return lines && { value: [...lines.value].sort((a, b) => b.length - a.length)[0] ?? "", path: lines.path };
};

/** Something to cook. */
export const recipe: Extractor = {
	kind: "recipe",
	claim(page) {
		const claim = claimByType(page, types, /recipe$/i);
		// The story around a recipe describes itself as an article; what it is read for has ingredients.
		const isWhole = claim?.subjects.some((thing) => thing.properties.has("recipeIngredient")) ?? false;
		return claim !== null && isWhole ? { ...claim, confidence: 0.96 } : claim;
	},
	shape: { atMost: 0.7, of: (page) => (shownRecipe(page) === null ? null : 0.7) },
	read(page, { subjects }, found) {
		for (const thing of subjects.map((subject) => page.read(subject))) {
			found.offerAll(
				{
					...commonParts(thing),
					...ratingParts(thing),
					author: peopleLine(thing, "author"),
					published: thing.date("datePublished"),
					ingredients: thing.lines(["recipeIngredient", "ingredients"]),
					instructions: stepLines(thing),
					servings: servings(thing),
					prepMinutes: thing.minutes("prepTime"),
					cookMinutes: thing.minutes("cookTime", "performTime"),
					totalMinutes: thing.minutes("totalTime"),
					cuisine: thing.joined(["recipeCuisine"]),
					category: thing.joined(["recipeCategory"]),
					calories: thing.inner("nutrition")[0]?.text("calories") ?? null,
				},
				thing.thing.from,
			);
		}
		readShownRecipe(page, found);
	},
};
