import { expect, test } from "bun:test";
import { againAfterDeadlock } from "./deadlock.ts";

const failing = (code: string, times: number) => {
	let calls = 0;
	const work = () => {
		calls += 1;
		return calls <= times ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve(calls);
	};
	return { work, calls: () => calls };
};

test("I5: the victim of a deadlock is done again, a few times", async () => {
	expect(await againAfterDeadlock(failing("40P01", 4).work)).toBe(5);
	const endless = failing("40P01", 100);
	await expect(againAfterDeadlock(endless.work)).rejects.toThrow("40P01");
	expect(endless.calls()).toBe(5);
	const other = failing("23505", 1);
	await expect(againAfterDeadlock(other.work)).rejects.toThrow("23505");
	expect(other.calls()).toBe(1);
});
