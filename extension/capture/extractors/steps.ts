import type { Located } from "../findings.ts";
import { limits } from "../limits.ts";
import { isThing, lineOf, type ThingValue, textOf, valuesOf } from "../sources/thing.ts";
import type { ThingReader } from "../sources/thing-reader.ts";
import { decodeEntities } from "../values/text.ts";

/** A step's text; a number alone (`Step 2`, `3.`) is only its name. */
const stepText = (text: string): string => lineOf(text).replace(/^(?:step\s+)?\d{1,2}\s*[.):]\s+/i, "");

/** The steps of a recipe: texts, HowToSteps, or sections that hold steps. */
export const stepLines = (thing: ThingReader): Located<string[]> | null => {
	const open: ThingValue[] = [...valuesOf(thing.thing, "recipeInstructions", "instructions")];
	const lines: string[] = [];
	for (let taken = 0; open.length > 0 && taken < limits.listItems * 2; taken += 1) {
		const value = open.shift();
		if (value === undefined) break;
		if (!isThing(value)) {
			lines.push(
				...decodeEntities(String(value))
					.split(/\r?\n|<\/(?:p|li)>|<br\s*\/?>/i)
					.map(stepText),
			);
			continue;
		}
		const inner = valuesOf(value, "itemListElement", "steps");
		if (inner.length > 0) open.unshift(...inner);
		else lines.push(stepText(textOf(value, "text", "description", "name")));
	}
	const steps = lines.filter((line) => line !== "");
	return steps.length === 0 ? null : { value: steps, path: `${thing.thing.path}.recipeInstructions` };
};
