/** Sentences shown beside an input that cannot be read. */
export const formWords = {
	notANumber: (example: string) => `Write a number like ${example}.`,
	notACurrency: "Write the currency as three letters, like EUR.",
	notAnAddress: "Write a whole address that starts with https:// or http://.",
	optional: "(may stay empty)",
	required: "This cannot be empty.",
	listAdd: (label: string) => `Add to ${label}`,
	listAddPlaceholder: "Add",
	listRemove: (item: string) => `Remove ${item}`,
	currencyOf: (label: string) => `Currency of ${label}`,
};
