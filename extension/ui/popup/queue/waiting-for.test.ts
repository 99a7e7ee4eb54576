import { expect, test } from "bun:test";
import type { RecordProblem } from "../../../../backend/contract/errors.ts";
import { testRecord, testTarget } from "../../test-target.ts";
import { mayBeTried, type Standing, waitingFor } from "./waiting-for.ts";

const now = Date.parse("2025-11-01T10:00:00.000Z");
const later = now + 60_000;
const standing = (over: Partial<Standing> = {}): Standing => ({
	online: true,
	signedIn: true,
	target: testTarget(),
	dueAt: undefined,
	now,
	...over,
});
const here = testRecord({ state: "local" });
const there = testRecord({ state: "stored" });

test("J5: what has not left the device waits for a sign-in, a network, the next try, or goes out now", () => {
	expect(waitingFor(here, standing({ signedIn: false, online: false }))).toEqual({ for: "sign-in" });
	expect(waitingFor(here, standing({ online: false, dueAt: later }))).toEqual({ for: "network" });
	expect(waitingFor(here, standing({ dueAt: later }))).toEqual({ for: "next-try", at: later });
	expect(waitingFor(here, standing({ dueAt: now - 1 }))).toEqual({ for: "nothing" });
});

test("J5: what the server has waits for a table, an approval, a resume, its next try or its schedule", () => {
	expect(waitingFor({ ...there, targetId: null }, standing({ target: null }))).toEqual({ for: "target" });
	expect(waitingFor({ ...there, inReview: true }, standing())).toEqual({ for: "review" });
	const paused = testTarget({ status: "paused" });
	expect(waitingFor(there, standing({ target: paused }))).toEqual({ for: "resume", target: paused });
	const nextAttemptAt = new Date(later).toISOString();
	expect(waitingFor({ ...there, nextAttemptAt }, standing())).toEqual({ for: "next-try", at: later });
	const daily = testTarget({ frequency: "daily", nextRunAt: nextAttemptAt });
	expect(waitingFor(there, standing({ target: daily }))).toEqual({ for: "schedule", target: daily, at: later });
	expect(waitingFor(there, standing())).toEqual({ for: "nothing" });
});

test("J5: what failed may be tried again as it is, unless somebody has to choose, reconnect or send it elsewhere", () => {
	const failed = (action: RecordProblem["action"], code = "delivery/value-refused") =>
		mayBeTried({ state: "needs_you", problem: { code, message: "No.", action } });
	expect([failed("retry"), failed("edit"), failed("choose"), failed("reconnect")]).toEqual([true, true, false, false]);
	expect(failed("retry", "client/workspace-gone")).toBe(false);
	expect(mayBeTried({ state: "local", problem: null })).toBe(false);
});
