import { dateOf, linesOf, minutesOf, textOf, thingsOf, valuesOf } from "../sources/thing.ts";
import { claimByType, type Extractor } from "./extractor.ts";
import { commonParts, peopleLine, ratingParts, stepLines } from "./schema-parts.ts";

const types = new Set(["Recipe"]);

/** `["4", "4 servings"]` is common: the one that says of what is the better answer. */
const longest = (lines: string[]): string => [...lines].sort((a, b) => b.length - a.length)[0] ?? "";

/** Something to cook. */
export const recipe: Extractor = {
	kind: "recipe",
	claim: (page) => claimByType(page, types, /recipe$/i),
	read(page, { subject }, found) {
		if (subject === null) return;
		const nutrition = thingsOf(subject, "nutrition")[0];
		found.offerAll(
			{
				...commonParts(subject, page),
				...ratingParts(subject),
				author: peopleLine(subject, "author"),
				published: dateOf(subject, "datePublished"),
				ingredients: linesOf(subject, ["recipeIngredient", "ingredients"]),
				instructions: stepLines(valuesOf(subject, "recipeInstructions")),
				servings: longest(linesOf(subject, ["recipeYield", "yield"])),
				prepMinutes: minutesOf(subject, "prepTime"),
				cookMinutes: minutesOf(subject, "cookTime"),
				totalMinutes: minutesOf(subject, "totalTime"),
				cuisine: linesOf(subject, ["recipeCuisine"]).join(", "),
				category: linesOf(subject, ["recipeCategory"]).join(", "),
				calories: nutrition === undefined ? null : textOf(nutrition, "calories"),
			},
			subject.from,
		);
	},
};
