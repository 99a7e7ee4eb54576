import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "./log.ts";
import { openLogFiles } from "./log-files.ts";

const directories: string[] = [];
function newDirectory(): string {
	const directory = join(mkdtempSync(join(tmpdir(), "sheaf-log-")), "logs");
	directories.push(directory);
	return directory;
}
afterEach(() => {
	for (const directory of directories.splice(0)) rmSync(join(directory, ".."), { recursive: true, force: true });
});

test("OBS-1: lines are kept in a file a day, for as many days as were set and no longer", () => {
	const directory = newDirectory();
	let now = Date.parse("2026-03-01T22:00:00Z");
	const files = openLogFiles({ directory, days: 7 }, () => now);
	const log = createLog("info", files);
	for (let day = 1; day <= 20; day += 1) {
		log.info({ day }, "worked");
		now += 24 * 3_600_000;
	}
	files.close();
	expect(readdirSync(directory).toSorted()).toEqual(
		[14, 15, 16, 17, 18, 19, 20].map((day) => `sheaf-2026-03-${day}.log`),
	);
	expect(readFileSync(join(directory, "sheaf-2026-03-20.log"), "utf8")).toContain('"day":20');
	expect(statSync(join(directory, "sheaf-2026-03-20.log")).mode & 0o777).toBe(0o600);
});

test("OBS-1: what is too old goes when the process starts, and what is not ours stays", () => {
	const directory = newDirectory();
	openLogFiles({ directory, days: 7 }).close();
	for (const name of ["sheaf-2020-01-01.log", "other-2020-01-01.log"]) writeFileSync(join(directory, name), "");
	openLogFiles({ directory, days: 7 }).close();
	expect(readdirSync(directory)).toContain("other-2020-01-01.log");
	expect(readdirSync(directory)).not.toContain("sheaf-2020-01-01.log");
});

test("OBS-1: two processes share a day's file, and a directory that goes away fails nobody", () => {
	const directory = newDirectory();
	let now = Date.parse("2026-03-01T10:00:00Z");
	const [one, two] = [0, 1].map(() => openLogFiles({ directory, days: 7 }, () => now));
	one?.write("first\n");
	two?.write("second\n");
	expect(readFileSync(join(directory, "sheaf-2026-03-01.log"), "utf8")).toBe("first\nsecond\n");
	rmSync(directory, { recursive: true });
	writeFileSync(directory, "in the way");
	now += 24 * 3_600_000;
	expect(() => one?.write("third\n")).not.toThrow();
	one?.close();
	two?.close();
});
