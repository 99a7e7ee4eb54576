import { became, type StepRule, unread } from "./step-result.ts";
import { listOf, textOf, textValue } from "./text-values.ts";

/** A text at each separator. With `take` the part at that place, counted from 0 or, below it, from the end. */
export const split: StepRule<"split"> = {
	title: "Split into parts",
	check: () => null,
	apply: (value, { separator, take }) => {
		const text = textOf(value);
		if (text === null) return unread("is no text that could be split");
		const parts = text.split(separator).map((part) => part.trim());
		if (take === undefined) return listOf(parts.filter((part) => part !== ""));
		const part = parts.at(take) ?? "";
		return part === "" ? became(null) : textValue(part);
	},
};

/** A list's entries in one text. A single value is joined already. */
export const join: StepRule<"join"> = {
	title: "Join parts into one text",
	check: () => null,
	apply: (value, { separator }) => (value.type === "list" ? textValue(value.value.join(separator)) : became(value)),
};
