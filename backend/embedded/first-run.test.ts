import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "../errors.ts";
import { lockDataDirectory } from "./data-lock.ts";
import { loadFirstRunSecrets } from "./first-run-secrets.ts";
import { processBirth } from "./process-identity.ts";

let scratch: string;
let made = 0;
beforeAll(async () => {
	scratch = await mkdtemp(join(tmpdir(), "sheaf-first-run-"));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const newDataDir = () => {
	made += 1;
	return join(scratch, `data-${made}`);
};

describe("first-run secrets", () => {
	test("they are made once and found again", async () => {
		const dataDir = newDataDir();
		const first = await loadFirstRunSecrets(dataDir);
		expect(await loadFirstRunSecrets(dataDir)).toEqual(first);
		expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
	});

	test("only their owner can read them, and nothing half-written is left", async () => {
		const dataDir = newDataDir();
		await loadFirstRunSecrets(dataDir);
		expect((await stat(join(dataDir, "secrets.json"))).mode & 0o777).toBe(0o600);
		expect(await readdir(dataDir)).toEqual(["secrets.json"]);
	});

	test("two first runs at once use the same ones", async () => {
		const dataDir = newDataDir();
		const all = await Promise.all(Array.from({ length: 8 }, () => loadFirstRunSecrets(dataDir)));
		expect(new Set(all.map((secrets) => JSON.stringify(secrets))).size).toBe(1);
	});

	test.each(["", "{}", "not json"])(
		"a damaged file (%p) is never replaced: a sentence says what to do",
		async (text) => {
			const dataDir = newDataDir();
			await loadFirstRunSecrets(dataDir);
			await writeFile(join(dataDir, "secrets.json"), text);
			await expect(loadFirstRunSecrets(dataDir)).rejects.toThrow(StartError);
		},
	);
});

describe("the lock of a data directory", () => {
	test("a second Sheaf on it is told so in a sentence", async () => {
		const dataDir = newDataDir();
		const lock = await lockDataDirectory(dataDir);
		await expect(lockDataDirectory(dataDir)).rejects.toThrow(/already running .* set SHEAF_DATA_DIR/);
		await lock.release();
		expect((await lockDataDirectory(dataDir)).wasStale).toBe(false);
	});

	test("one left by a process that is gone is taken over", async () => {
		const dataDir = newDataDir();
		const child = Bun.spawn(["true"]);
		await child.exited;
		await (await lockDataDirectory(dataDir)).release();
		await writeFile(join(dataDir, "sheaf.lock"), `${child.pid} 12345\n`);
		expect((await lockDataDirectory(dataDir)).wasStale).toBe(true);
	});

	test("one whose process id now belongs to another process is taken over", async () => {
		const dataDir = newDataDir();
		await (await lockDataDirectory(dataDir)).release();
		await writeFile(join(dataDir, "sheaf.lock"), `${process.pid} 1\n`);
		expect((await lockDataDirectory(dataDir)).wasStale).toBe(true);
	});

	test("an empty one, cut off while it was written, is taken over", async () => {
		const dataDir = newDataDir();
		await (await lockDataDirectory(dataDir)).release();
		await writeFile(join(dataDir, "sheaf.lock"), "");
		expect((await lockDataDirectory(dataDir)).wasStale).toBe(true);
	});
});

test("a process is told from a later one with its id by when it was started", async () => {
	const child = Bun.spawn(["sleep", "60"]);
	const birth = await processBirth(child.pid);
	expect(birth).toMatch(/\d/);
	expect(await processBirth(child.pid)).toBe(birth);
	child.kill();
	await child.exited;
	expect(await processBirth(child.pid)).toBeNull();
});
