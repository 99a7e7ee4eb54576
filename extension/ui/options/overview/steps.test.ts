import { describe, expect, test } from "bun:test";
import { testAccount } from "../../../settings/test-account.ts";
import { testRecord, testTarget } from "../../test-target.ts";
import { nextStep, stepsOf } from "./steps.ts";

const account = testAccount({ userId: "u", email: "a@a.test" });

describe("J3: the first steps tick off by themselves", () => {
	test("J3: sign in, connect, capture, in this order", () => {
		const none = stepsOf({ account: null, targets: [], recent: [] });
		expect(nextStep(none)).toBe("signedIn");
		expect(nextStep(stepsOf({ account, targets: [], recent: [] }))).toBe("connected");
		expect(nextStep(stepsOf({ account, targets: [testTarget()], recent: [testRecord()] }))).toBe("captured");
	});

	test("J3: the last one is done when a record is in its table, not before", () => {
		const recent = [testRecord({ state: "stored" }), testRecord({ state: "delivered" })];
		expect(nextStep(stepsOf({ account, targets: [testTarget()], recent }))).toBeNull();
	});
});
