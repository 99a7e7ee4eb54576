import { expect, test } from "bun:test";
import { testRecord } from "../test-target.ts";
import { hasLostWorkspace, retryable } from "./lost-workspace.ts";

const refusedWith = (code: string, action: "retry" | "edit") =>
	testRecord({ id: code, state: "needs_you", problem: { code, message: "A sentence.", action } });

test("ID-7: a record that has lost its workspace is not sent to another one by trying all again", () => {
	const [lost, forbidden] = [refusedWith("client/workspace-gone", "retry"), refusedWith("auth/forbidden", "retry")];
	const all = [lost, forbidden, refusedWith("writes/value-refused", "edit"), testRecord()];
	expect(retryable(all)).toEqual([forbidden]);
	expect(all.filter(hasLostWorkspace)).toEqual([lost]);
});
