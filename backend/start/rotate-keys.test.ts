import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";

const commandFile = fileURLToPath(new URL("./rotate-keys.ts", import.meta.url));

let testDatabase: TestDatabase;
let dataDir: string;
beforeAll(async () => {
	testDatabase = await createTestDatabase();
	dataDir = await mkdtemp(join(tmpdir(), "sheaf-keys-"));
});
afterAll(async () => {
	await testDatabase.close();
	await rm(dataDir, { recursive: true, force: true });
});

/** What the command prints. */
async function rotate(...args: string[]): Promise<string> {
	const child = Bun.spawn([process.execPath, commandFile, ...args], {
		env: {
			NODE_ENV: "test",
			SHEAF_DATA_DIR: dataDir,
			DATABASE_URL: testDatabase.url,
			SHEAF_DATABASE_KEY: testDatabase.databaseKey,
		},
		stdout: "pipe",
		stderr: "inherit",
	});
	const said = await new Response(child.stdout).text();
	expect(await child.exited).toBe(0);
	return said;
}

const kids = async () =>
	(await testDatabase.database.asIdentity((sql) => sql<{ kid: string }[]>`select kid from sheaf.signing_keys`)).length;

test("ID-3: the command publishes the next key; of two commands at once one does", async () => {
	expect(await rotate()).toMatch(/^The key \S+ is published and signs from /);
	expect(await kids()).toBe(1);
	const said = await Promise.all([rotate(), rotate()]);
	expect(said.filter((line) => line.startsWith("The key "))).toHaveLength(1);
	expect(said.filter((line) => line.startsWith("Nothing was changed: "))).toHaveLength(1);
	expect(await kids()).toBe(2);
});

test("ID-3: the command forgets keys that were stolen", async () => {
	expect(await rotate("--stolen")).toMatch(/^The key \S+ is published and signs from /);
	expect(await kids()).toBe(1);
});
