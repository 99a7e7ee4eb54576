import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask, makePerson, type TestPerson } from "../api/testing/test-person.ts";
import { startProcess, startReady } from "./test-process.ts";

const commandFile = fileURLToPath(new URL("./backup.ts", import.meta.url));

let root: string;
let person: TestPerson;
const dataDir = () => join(root, "data");
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "sheaf-backup-"));
});
afterAll(async () => {
	await rm(root, { recursive: true, force: true });
});

async function command(verb: string, folder: string): Promise<{ code: number; said: string }> {
	const env = { SHEAF_DATA_DIR: dataDir(), PATH: process.env["PATH"] ?? "" };
	const child = Bun.spawn([process.execPath, commandFile, verb, folder], { env, stdout: "pipe", stderr: "pipe" });
	const said = (await new Response(child.stdout).text()) + (await new Response(child.stderr).text());
	return { code: await child.exited, said };
}

/** While Sheaf runs on the data directory. */
async function running(work: (url: string) => Promise<void>): Promise<void> {
	const { child, port } = await startReady((free) =>
		startProcess({ SHEAF_DATA_DIR: dataDir(), SHEAF_PORT: String(free) }),
	);
	try {
		await work(`http://localhost:${port}`);
	} finally {
		child.kill("SIGTERM");
		await child.exited;
	}
}

test("J8: stop, back up, lose everything, restore, start: the people and their sealed secrets are there", async () => {
	const backup = join(root, "backup");
	await running(async (url) => {
		person = await makePerson(url);
		await person.tokens();
		expect(await command("backup", backup)).toMatchObject({
			code: 1,
			said: expect.stringContaining("already running"),
		});
	});
	expect(await command("backup", backup)).toMatchObject({ code: 0 });
	expect(await command("backup", backup)).toMatchObject({ code: 1, said: expect.stringContaining("exists already") });
	expect(await command("restore", backup)).toMatchObject({ code: 1, said: expect.stringContaining("exists already") });
	await rename(dataDir(), join(root, "lost"));
	expect(await command("restore", root)).toMatchObject({ code: 1, said: expect.stringContaining("not a backup") });
	expect(await command("restore", backup)).toMatchObject({ code: 0 });
	await running(async (url) => {
		const again = await makePerson(url, person.email);
		const { access_token } = await again.tokens("sign-in");
		const me = await ask(`${url}/api/v1/users/me`, access_token);
		expect(await me.json()).toMatchObject({ email: person.email });
	});
}, 120_000);
