import { describe, expect, test } from "bun:test";
import type { LocalRecord } from "../../outbox/types.ts";
import { testRecord } from "../test-target.ts";
import { cardsOf } from "./cards.ts";
import { canTakeBack, secondsUntilSent, takeableOf } from "./taking-back.ts";

const now = Date.parse("2026-03-01T10:00:00Z");
const held = testRecord({ state: "stored", undo: "take_back", nextAttemptAt: "2026-03-01T10:00:10Z" });

describe("Undo is offered", () => {
	test("for what has not left, what the backend can take back, and what it has not said anything about yet", () => {
		for (const state of ["local", "sending"] as const) expect(canTakeBack(testRecord({ state }), false)).toBe(true);
		for (const undo of ["remove", "restore", "take_back", "unasked"] as const) {
			expect(canTakeBack(testRecord({ state: "delivered", undo }), false)).toBe(true);
		}
		expect(canTakeBack(testRecord({ state: "delivered", undo: null }), false)).toBe(false);
	});

	test("for an update always, and for nothing that is being taken back", () => {
		expect(canTakeBack(testRecord({ state: "delivered", undo: null }), true)).toBe(true);
		expect(canTakeBack(testRecord({ state: "undoing" }), true)).toBe(false);
	});
});

test("of an earlier capture what is new can be taken back, as far as it is offered", () => {
	const [one, two, three, four] = ["1", "2", "3", "4"].map((id) =>
		testRecord({ id, state: "delivered", undo: "remove" }),
	);
	const capture = [
		one,
		{ ...two, undo: null },
		{ ...three, version: 2 },
		{ ...four, state: "undoing" },
	] as LocalRecord[];
	expect(takeableOf(capture)).toEqual([{ recordId: "1", before: null }]);
});

describe("a destination that takes nothing back", () => {
	test("says in how many seconds it is sent, down to one", () => {
		expect([0, 100, 9_001, 9_999].map((later) => secondsUntilSent(held, now + later))).toEqual([10, 10, 1, 1]);
		expect(secondsUntilSent(held, now + 10_000)).toBeNull();
	});

	test("is not what a record waits for that waits for a schedule, can be taken back afterwards too, or is sent", () => {
		const others = [{ nextAttemptAt: "2026-03-01T12:00:00Z" }, { undo: "remove" }, { state: "delivering" }] as const;
		for (const other of others) expect(secondsUntilSent({ ...held, ...other }, now)).toBeNull();
	});
});

test("J5: the records of a capture are one card, where its newest stands", () => {
	const [one, two, three] = ["1", "2", "3"].map((id) => testRecord({ id })) as [
		ReturnType<typeof testRecord>,
		ReturnType<typeof testRecord>,
		ReturnType<typeof testRecord>,
	];
	const second = { ...three, id: "4", captureId: "2" };
	const first = { ...two, captureId: "2" };
	expect(cardsOf([one, first, three, second])).toEqual([[one], [first, second], [three]]);
});
