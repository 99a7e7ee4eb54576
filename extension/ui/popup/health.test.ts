import { describe, expect, test } from "bun:test";
import { testAccount } from "../../settings/test-account.ts";
import { testRecord, testTarget } from "../test-target.ts";
import { healthOf } from "./health.ts";

const account = testAccount({ userId: "u", email: "a@a.test" });
const problem = {
	code: "delivery/credential-refused",
	message: "Airtable refused the key.",
	action: "reconnect",
} as const;
const well = {
	settings: { account, sessionEndedAt: null, targets: [testTarget()] },
	unsettled: [testRecord(), testRecord({ id: "2" }), testRecord({ id: "3", targetId: "target-2" })],
	waiting: 3,
	target: testTarget(),
	online: true,
};

describe("J5: the popup says what is wrong only when something is", () => {
	test("J5: nothing wrong, nothing said", () => {
		expect(healthOf(well)).toBeNull();
	});

	test("J5: a guest who never signed in is not told about it here", () => {
		expect(healthOf({ ...well, settings: { ...well.settings, account: null } })).toBeNull();
	});

	test("J5: a session that ended comes first, with what waits", () => {
		const settings = { account: null, sessionEndedAt: 1, targets: [testTarget({ status: "paused", problem })] };
		expect(healthOf({ ...well, settings })).toEqual({ kind: "signed-out", waiting: 3 });
	});

	test("J5: a broken target is told from anywhere, with the records that wait for it", () => {
		const broken = testTarget({ status: "paused", problem });
		const settings = { ...well.settings, targets: [broken] };
		const other = testTarget({ id: "target-2" });
		expect(healthOf({ ...well, settings, target: other })).toEqual({
			kind: "broken",
			target: broken,
			problem,
			waiting: 2,
		});
	});

	test("ACC-4: access that ends soon is told from anywhere, after what is broken already", () => {
		const ending = testTarget({ accessEndsAt: "2025-12-01T10:00:00.000Z" });
		const told = healthOf({
			...well,
			settings: { ...well.settings, targets: [testTarget({ id: "target-2" }), ending] },
		});
		expect(told).toMatchObject({ kind: "ending", target: ending, waiting: 2 });
		const broken = testTarget({ id: "target-2", status: "paused", problem });
		expect(healthOf({ ...well, settings: { ...well.settings, targets: [ending, broken] } })).toMatchObject({
			kind: "broken",
		});
	});

	test("J5: a pause the person chose is told where it matters", () => {
		const paused = testTarget({ status: "paused" });
		const settings = { ...well.settings, targets: [paused] };
		expect(healthOf({ ...well, settings, target: paused })).toMatchObject({ kind: "paused", waiting: 2 });
		expect(healthOf({ ...well, settings, target: testTarget({ id: "target-2" }) })).toBeNull();
	});

	test("J5: being offline is told last, with what waits on the device; what has left it is not counted", () => {
		const unsettled = [...well.unsettled, testRecord({ id: "4", state: "stored" })];
		expect(healthOf({ ...well, unsettled, waiting: 4, online: false })).toEqual({ kind: "offline", waiting: 3 });
	});
});
