import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { memoryLocks } from "../messages/test-locks.ts";
import { readDeviceId } from "./device-id.ts";
import { deviceId } from "./items.ts";

beforeEach(() => fakeBrowser.reset());

test("ID-8: a device has one UUID, also when several contexts start together", async () => {
	const locks = memoryLocks();
	const ids = await Promise.all([readDeviceId(locks), readDeviceId(locks), readDeviceId(locks)]);
	expect(new Set(ids).size).toBe(1);
	expect(ids[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	expect(await deviceId.getValue()).toBe(ids[0] ?? null);
});
