import type { TransformStep } from "../../../backend/contract/transforms.ts";

type StepKind = TransformStep["kind"];

/** The sentences about what is done to a value on its way. */
export const stepWords = {
	/** On the button of a line that has none. */
	none: "As captured",
	stepsOf: (column: string) => `Steps on the way to ${column}`,
	count: (count: number) => (count === 1 ? "1 step" : `${count} steps`),
	note: "Steps are done from top to bottom before the value is written.",
	add: "Add a step",
	full: "A value can go through ten steps.",
	remove: (step: string) => `Remove the step “${step}”`,
	moveUp: (step: string) => `Do “${step}” earlier`,
	kinds: {
		trim: "Remove spaces around it",
		url: "Tidy the address",
		regex: "Find and replace",
		number: "Read as a number",
		date: "Read as a date",
		split: "Split into parts",
		join: "Join parts into one text",
		map: "Swap words for others",
		default: "Fill in when empty",
	} satisfies Record<StepKind, string>,
	notes: {
		url: "Takes away what only tells where you came from, so that a page has one address.",
		trim: "Spaces and line breaks at both ends go.",
	} satisfies Partial<Record<StepKind, string>>,
	find: "Find",
	replace: "Replace with",
	replaceNote: "Leave empty to take it away.",
	ignoreCase: "Capitals do not matter",
	byPattern: "Find by a pattern",
	patternNote: String.raw`“\d+” is a number, “.*” is anything, “( )” keeps a part that “$1” puts back.`,
	decimal: "Written as",
	decimals: { auto: "Find out", ".": "1,234.56", ",": "1.234,56" },
	datePattern: "How it is written",
	datePatternNote: "Like DD.MM.YYYY or MMMM D, YYYY. Leave empty for 2025-01-31.",
	timeZone: "Time zone",
	separator: "Split at",
	take: "Keep",
	takes: { all: "All parts", first: "The first", second: "The second", third: "The third", last: "The last" },
	takeNumber: (place: number) => `Part ${place}`,
	takeFromEnd: (place: number) => `Part ${place} from the end`,
	joiner: "Put between them",
	swapThis: "This",
	swapBy: "Becomes",
	swapAdd: "Add a word",
	swapRemove: (text: string) => (text === "" ? "Remove this word" : `Remove “${text}”`),
	standIn: "Fill in",
	problems: {
		find: "Write what is to be found.",
		separator: "Write what the parts are split at.",
		pairs: "Write a word and what it becomes.",
		standIn: "Write what stands in when there is nothing.",
	},
};
