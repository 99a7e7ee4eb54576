import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { memoryLocks } from "../messages/test-locks.ts";
import { account, targets } from "../settings/items.ts";
import { testAccount } from "../settings/test-account.ts";
import { testTarget } from "../ui/test-target.ts";
import { keepTargets } from "./keep-targets.ts";

const ada = testAccount();
const ben = testAccount({ email: "ben@example.com" });

beforeEach(() => fakeBrowser.reset());

test("what was fetched is kept, and is news once", async () => {
	await account.setValue(ada);
	const client = { targets: async () => [testTarget()] };
	expect(await keepTargets(client, memoryLocks())).toBe(true);
	expect(await targets.getValue()).toEqual([testTarget()]);
	expect(await keepTargets(client, memoryLocks())).toBe(false);
});

test("J3: a slow answer from before a table was added does not take the place of the newer one", async () => {
	await account.setValue(ada);
	const locks = memoryLocks();
	const table = testTarget();
	const [asked, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const before = async () => {
		asked.resolve();
		await slow.promise;
		return [];
	};
	const older = keepTargets({ targets: before }, locks);
	await asked.promise;
	const newer = keepTargets({ targets: async () => [table] }, locks);
	// As far as it gets while the older one waits.
	await new Promise((resolve) => setTimeout(resolve));
	slow.resolve();
	await Promise.all([older, newer]);
	expect(await targets.getValue()).toEqual([table]);
});

for (const [next, who] of [
	[null, "a guest"],
	[ben, "another person"],
] as const) {
	test(`ID-8: an answer that comes after its person left is not shown to ${who}`, async () => {
		await account.setValue(ada);
		const client = {
			targets: async () => {
				await account.setValue(next);
				return [testTarget({ name: "Ada's table" })];
			},
		};
		expect(await keepTargets(client, memoryLocks())).toBe(false);
		expect(await targets.getValue()).toEqual([]);
	});
}

test("a guest has no targets to ask for", async () => {
	const client = { targets: () => Promise.reject(new Error("Asked in vain.")) };
	expect(await keepTargets(client, memoryLocks())).toBe(false);
});
