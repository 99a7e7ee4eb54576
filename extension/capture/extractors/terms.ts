import { termName } from "../sources/thing.ts";

/** `https://schema.org/InStock`, `FULL_TIME`, `NewCondition` as words: `In stock`, `Full time`, `New`. */
export const termWords = (raw: string): string => {
	const spaced = termName(raw)
		.replace(/Condition$/, "")
		.replace(/([a-z])([A-Z])/g, "$1 $2")
		.replace(/[_-]+/g, " ")
		.trim()
		.toLowerCase();
	return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};
