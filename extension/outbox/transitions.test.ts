import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import {
	type OutboxEffect,
	type OutboxState,
	outboxEffects,
	outboxEvents,
	outboxStates,
	shownStates,
	standings,
	transitions,
} from "./transitions.ts";

const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");

/** The matrix under "Transitions": event → state → cell. */
function writtenTable(): Map<string, string[]> {
	const lines = readme.split("\n").filter((line) => line.startsWith("| **"));
	return new Map(
		lines.map((line) => {
			const [event = "", ...cells] = line
				.split("|")
				.slice(1, -1)
				.map((cell) => cell.trim());
			return [event.replaceAll("*", ""), cells];
		}),
	);
}

describe("the transition table", () => {
	test("OUT-1: is the one written in README.md, cell by cell", () => {
		const written = writtenTable();
		expect([...written.keys()]).toEqual([...outboxEvents]);
		for (const event of outboxEvents) {
			const coded = outboxStates.map((state) => {
				const { to, does } = transitions[state][event];
				return does === "nothing" ? "·" : `${to}, ${does}`;
			});
			expect({ event, cells: coded }).toEqual({ event, cells: written.get(event) ?? [] });
		}
	});

	test("README.md says in words what every state and effect is", () => {
		for (const name of [...outboxStates, ...outboxEffects.filter((effect) => effect !== "nothing")]) {
			expect(readme).toMatch(new RegExp(`^\\| ${name} \\| .+`, "m"));
		}
	});

	const cells = outboxStates.flatMap((from) =>
		outboxEvents.map((event) => ({ from, event, ...transitions[from][event] })),
	);

	test("an event that does nothing changes no state", () => {
		for (const cell of cells) if (cell.does === "nothing") expect(cell.to).toBe(cell.from);
	});

	test("I1: only the person's removal or undo makes a record go", () => {
		const ways = cells.filter(({ from, to }) => from !== "gone" && to === "gone");
		const others = ways.filter(({ from }) => from !== "undoing").map(({ event }) => event);
		expect(new Set(others)).toEqual(new Set(["forgotten", "removalAccepted"]));
		// Once it was taken back, the backend says when it is done.
		const takenBack = ways.filter(({ from }) => from === "undoing").map(({ event }) => event);
		expect(takenBack).toEqual(["forgotten", "reportedMissing"]);
	});

	test("I4: an answer counts only while its operation is on its way", () => {
		const answers = ["accepted", "removalAccepted", "undoAccepted", "rejected", "undoRejected", "unanswered"];
		const heard = cells.filter(({ event, does }) => answers.includes(event) && does !== "nothing");
		expect(new Set(heard.map(({ from }) => from))).toEqual(new Set(["sending", "overtaken"]));
	});

	test("I4: what the backend reports counts only when nothing is unsent", () => {
		const heard = cells.filter(({ event, does }) => event.startsWith("reported") && does !== "nothing");
		expect(new Set(heard.map(({ from }) => from))).toEqual(
			new Set(["stored", "delivering", "delivered", "troubled", "undoing"]),
		);
	});

	test("only one operation is on its way at a time: nothing is taken but from waiting", () => {
		const taken = cells.filter(({ event, does }) => event === "taken" && does !== "nothing");
		expect(taken.map(({ from }) => from)).toEqual(["waiting"]);
	});

	test("every state can be reached, and every state but gone is shown and counted", () => {
		expect(new Set(cells.map(({ to }) => to))).toEqual(new Set<OutboxState>(outboxStates));
		expect(new Set(cells.map(({ does }) => does))).toEqual(new Set<OutboxEffect>(outboxEffects));
		for (const shown of Object.values(shownStates)) expect(standings[shown]).toBeString();
	});
});
