import { expect, test } from "bun:test";
import { createSettingsFollower } from "./follow-settings.ts";

test("ACC-5: many changes within a second go to the server once, and a failure is nobody's trouble", async () => {
	let synced = 0;
	let wake = (): void => undefined;
	const wait = () => new Promise<void>((resolve) => (wake = resolve));
	const sync = async () => {
		synced += 1;
		throw new Error("No network.");
	};
	const settings = createSettingsFollower({ sync, wait });
	for (let times = 0; times < 5; times += 1) settings.changed();
	expect(synced).toBe(0);
	wake();
	await settings.sync();
	expect(synced).toBe(2);
	settings.changed();
	wake();
	await settings.sync();
	expect(synced).toBe(4);
});
