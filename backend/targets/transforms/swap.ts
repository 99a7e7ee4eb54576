import { became, type StepRule } from "./step-result.ts";
import { changeTexts } from "./text-values.ts";

/** Exact texts to others, space around them aside; one that is not listed stays as it is. */
export const map: StepRule<"map"> = {
	title: "Swap words for others",
	check: ({ values }) => (Object.keys(values).length === 0 ? "Write a word and what it becomes." : null),
	apply: (value, { values }) =>
		changeTexts(value, (text) => {
			const trimmed = text.trim();
			return Object.hasOwn(values, trimmed)
				? (values[trimmed] ?? text)
				: Object.hasOwn(values, text)
					? (values[text] ?? text)
					: text;
		}),
};

/** Stands in when there is no value (`apply-transform.ts`); one that is there stays. */
export const standIn: StepRule<"default"> = {
	title: "Fill in when empty",
	check: () => null,
	apply: (value) => became(value),
};
