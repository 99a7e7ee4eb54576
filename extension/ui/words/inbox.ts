import { countOf } from "../when.ts";

/** The sentences of the inbox, and of the switch that fills it. */
export const inboxWords = {
	hold: "Hold for review",
	holdSwitch: "What is captured waits in the inbox until somebody lets it go",
	holdNote: "Nothing reaches the table before that. Fields can be put right there.",

	lead: "Captured, and held until you have looked. What you approve goes out at once.",
	what: "what waits for review",
	signIn: "Sign in to see what waits for review.",
	empty:
		"Nothing waits. Turn on “Hold for review” in a target’s settings, and what is captured for it stops here until you let it go.",
	emptyButton: "Open targets",
	waiting: (count: number) => countOf(count, "record waits", "records wait"),
	approve: "Approve",
	approving: "Approving",
	approveAll: "Approve all",
	discard: "Discard",
	approveOf: (title: string) => `Approve ${title}`,
	discardOf: (title: string) => `Discard ${title}`,
	discarded: (title: string) => `“${title}” discarded`,
	allDone: "All approved.",
	title: "Title",
	untitled: "Without a title",
	mend: "Look at the marked fields first.",
	lookOnly: (workspace: string) => `In ${workspace} you can look at these and not let them go.`,
};
