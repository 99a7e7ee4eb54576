import { expect, test } from "bun:test";
import { testRecord } from "../test-target.ts";
import { fitRecent } from "./fit-recent.ts";

const landed = testRecord({ state: "delivered" });
const delivered = [landed] as const;
const needy = [testRecord({ state: "needs_you" })] as const;
const toTwo = [landed, landed] as const;

test("J5: four records fit under the record, newest first", () => {
	const many = Array.from({ length: 6 }, () => delivered);
	expect(fitRecent(many, 0)).toEqual({ shown: many.slice(0, 4), olderNeedYou: 0 });
	expect(fitRecent([needy, ...many], 1)).toEqual({ shown: [needy, delivered], olderNeedYou: 0 });
	expect(fitRecent(many, 0, "ill").shown).toHaveLength(2);
});

test("J5: records that need the person never push the page's record out of sight, and are counted exactly", () => {
	expect(fitRecent([needy, needy], 2)).toEqual({ shown: [needy], olderNeedYou: 1 });
	expect(fitRecent([needy, needy, needy], 7)).toEqual({ shown: [needy], olderNeedYou: 6 });
	expect(fitRecent([delivered, delivered, delivered, needy], 1)).toMatchObject({ olderNeedYou: 1 });
	expect(fitRecent([delivered, delivered, delivered, delivered], 1).shown).toHaveLength(3);
});

test("J5: a capture to two targets takes its title's line and one for each; the newest is shown whatever it takes", () => {
	expect(fitRecent([toTwo, delivered, delivered], 0).shown).toEqual([toTwo, delivered]);
	expect(fitRecent([[landed, landed, landed, landed, landed], delivered], 0).shown).toHaveLength(1);
});
