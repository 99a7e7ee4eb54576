import { expect, test } from "bun:test";
import { testRecord } from "../test-target.ts";
import { fitRecent } from "./fit-recent.ts";

const delivered = testRecord({ state: "delivered" });
const needy = testRecord({ state: "needs_you" });

test("J5: four records fit under the record, newest first", () => {
	expect(fitRecent([needy, delivered, delivered, delivered, delivered])).toEqual([needy, delivered, delivered]);
	expect(fitRecent(Array.from({ length: 6 }, () => delivered))).toHaveLength(4);
});

test("J5: records that need the person never push the record of the page out of sight", () => {
	expect(fitRecent([needy, needy, needy, needy])).toHaveLength(2);
	expect(fitRecent([delivered, delivered, delivered, needy])).toHaveLength(3);
});
