import { describe, expect, test } from "bun:test";
import type { RecordProblem } from "../../../backend/contract/errors.ts";
import type { RecordState } from "../../outbox/types.ts";
import { actionWords, remoteWords, statusWords } from "./status.ts";

const expected: Record<RecordState, string> = {
	local: "Saved here",
	sending: "Sending",
	stored: "At the server",
	delivering: "At the server",
	delivered: "In Airtable",
	undoing: "Taking it back from Airtable",
	needs_you: "Needs you: Airtable did not accept the price.",
};
const actions: Record<RecordProblem["action"], string> = {
	retry: "Try again",
	reconnect: "Reconnect",
	edit: "Edit",
	mend_target: "Fix",
	choose: "Choose",
};

test("SYNC-6: what somebody did to a row is one plain sentence", () => {
	expect(remoteWords.changed("Airtable", "5 min ago")).toBe("Changed in Airtable, 5 min ago");
	expect(remoteWords.gone("Airtable", "5 min ago")).toBe("Deleted in Airtable");
});

describe("J5: one line of truth per record, always in the same words", () => {
	test("J5: every state has its words and no other state exists", () => {
		expect(Object.keys(statusWords).sort()).toEqual(Object.keys(expected).sort());
		for (const [state, words] of Object.entries(expected)) {
			expect(statusWords[state as RecordState].words("Airtable", "Airtable did not accept the price.")).toBe(words);
		}
	});

	test("J5: states are told apart by shape, not by colour alone", () => {
		const shapes = new Set(Object.values(statusWords).map(({ icon }) => icon));
		const words = new Set(Object.values(expected));
		expect(shapes.size).toBe(words.size);
	});

	test("J5: every way to mend a record has a button", () => {
		expect(actionWords).toEqual(actions);
	});
});
