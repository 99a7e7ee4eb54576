import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { practiceToken } from "./practice-base.ts";
import { asker } from "./test-scene.ts";

type Child = Bun.Subprocess<"ignore", "pipe", "pipe">;

const entry = join(import.meta.dir, "serve.ts");
const folders: string[] = [];
const processes: Child[] = [];
afterEach(async () => {
	for (const child of processes.splice(0)) {
		child.kill("SIGKILL");
		await child.exited;
	}
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function stateFile(): string {
	const folder = mkdtempSync(join(tmpdir(), "practice-"));
	folders.push(folder);
	return join(folder, "inner", "practice.json");
}

function spawn(...options: string[]): Child {
	const child = Bun.spawn([process.execPath, entry, ...options], { stdout: "pipe", stderr: "pipe", stdin: "ignore" });
	processes.push(child);
	return child;
}

async function start(...options: string[]): Promise<{ child: Child; url: string }> {
	const child = spawn(...options);
	for await (const chunk of child.stdout) {
		const line: { url: string } = JSON.parse(new TextDecoder().decode(chunk));
		return { child, url: line.url };
	}
	throw new Error(await new Response(child.stderr).text());
}

const table = "/v0/appPracticeBase00/tblReadingList000";

describe("J1: the practice base", () => {
	test("starts with its tables, keeps rows over SIGKILL, and answers on loopback only", async () => {
		const file = stateFile();
		const first = await start("--practice", "--state-file", file);
		expect(first.url).toStartWith("http://127.0.0.1:");
		const fields = { Title: "Kept", URL: "https://a.test/" };
		const written = await asker(first.url, practiceToken.token)("POST", table, { fields });
		expect(written.status).toBe(200);
		first.child.kill("SIGKILL");
		await first.child.exited;

		const second = await start("--practice", "--state-file", file);
		const { json } = await asker(second.url, practiceToken.token)("GET", table);
		expect(json).toMatchObject({ records: [{ fields }] });
	});

	test("offers no control over its rows", async () => {
		const { url } = await start("--practice");
		expect((await asker(url, "")("POST", "/__control/reset")).status).toBe(404);
	});

	test("ends with SIGTERM", async () => {
		const { child } = await start("--practice");
		child.kill("SIGTERM");
		expect(await child.exited).toBe(0);
	});

	test("ends when its parent is gone, however that one ended", async () => {
		const parent = Bun.spawn([process.execPath, "-e", "setInterval(() => {}, 1000)"]);
		const { child } = await start("--practice", "--parent", String(parent.pid));
		parent.kill("SIGKILL");
		expect(await child.exited).toBe(0);
	});

	test("a taken port and a foreign file get a sentence", async () => {
		const { url } = await start("--practice");
		const port = new URL(url).port;
		const taken = spawn("--port", port);
		expect(await taken.exited).toBe(1);
		expect(await new Response(taken.stderr).text()).toBe(
			`Port ${port} is taken, so the practice base cannot start there.\n`,
		);
		const file = join(mkdtempSync(join(tmpdir(), "practice-")), "foreign.json");
		folders.push(join(file, ".."));
		writeFileSync(file, '{"not":"ours"}');
		const foreign = spawn("--state-file", file);
		expect(await foreign.exited).toBe(1);
		expect(await new Response(foreign.stderr).text()).toContain("does not hold the tables of a practice base");
	});
});
