import { afterEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { keepScratchInMemory } from "./scratch-folder.ts";

let end = () => {};
afterEach(() => end());

test("a run's temporary files go into a folder in memory, which is gone with it, and back to where they went before", () => {
	const before = tmpdir();
	end = keepScratchInMemory({ roomBytes: 0 });
	const own = mkdtempSync(join(tmpdir(), "one-"));
	// A machine without such a folder keeps them where they always go.
	expect(own.startsWith("/dev/shm/sheaf-run-")).toBe(existsSync("/dev/shm"));
	end();
	expect([tmpdir(), existsSync(dirname(own)) && dirname(own) !== before]).toEqual([before, false]);
});

test("where there is no room in memory, they stay where they went before", () => {
	const before = tmpdir();
	end = keepScratchInMemory({ roomBytes: Number.POSITIVE_INFINITY });
	expect(tmpdir()).toBe(before);
});
