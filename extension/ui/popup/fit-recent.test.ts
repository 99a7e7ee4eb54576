import { expect, test } from "bun:test";
import { testRecord } from "../test-target.ts";
import { fitRecent } from "./fit-recent.ts";

const delivered = testRecord({ state: "delivered" });
const needy = testRecord({ state: "needs_you" });

test("J5: four records fit under the record, newest first", () => {
	const many = Array.from({ length: 6 }, () => delivered);
	expect(fitRecent(many, 0)).toEqual({ shown: many.slice(0, 4), olderNeedYou: 0 });
	expect(fitRecent([needy, ...many], 1)).toEqual({ shown: [needy, delivered, delivered], olderNeedYou: 0 });
});

test("J5: records that need the person never push the page's record out of sight, and are counted exactly", () => {
	expect(fitRecent([needy, needy], 2)).toEqual({ shown: [needy, needy], olderNeedYou: 0 });
	expect(fitRecent([needy, needy, needy], 7)).toEqual({ shown: [needy], olderNeedYou: 6 });
	expect(fitRecent([delivered, delivered, delivered, needy], 1)).toMatchObject({ olderNeedYou: 1 });
	expect(fitRecent([delivered, delivered, delivered, delivered], 1).shown).toHaveLength(3);
});
