import { afterEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { keepScratchInMemory } from "./scratch-folder.ts";

let end = () => {};
afterEach(() => end());

test("a run's temporary files go into one folder, which is gone with it, and back to where they went before", () => {
	const before = tmpdir();
	end = keepScratchInMemory();
	const own = mkdtempSync(join(tmpdir(), "one-"));
	const folder = dirname(own);
	end();
	expect(tmpdir()).toBe(before);
	// Where there is no room in memory the folder is everybody's, and stays.
	expect(existsSync(own)).toBe(folder === before);
	rmSync(own, { recursive: true, force: true });
});
