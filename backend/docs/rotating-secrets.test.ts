import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { type Cluster, freePort } from "../embedded/cluster.ts";
import { startThrowAwayCluster } from "../embedded/throw-away.ts";
import { makeSaver } from "../start/test-crowd-load.ts";
import { brokenPromises, untilSettled } from "../start/test-crowd-promises.ts";
import type { Ground } from "../start/test-ground.ts";
import { type Settings, startProcess, startReady } from "../start/test-process.ts";
import { followPage, patienceMs, readPage } from "./test-page.ts";
import { findPostgresTools } from "./test-postgres-tools.ts";

let home: string;
/** Its roles' passwords change: no other test has to live with that. */
let cluster: Cluster;
let airtable: AirtableSimulator;
beforeAll(async () => {
	home = await mkdtemp(join(tmpdir(), "sheaf-rotating-"));
	[cluster, airtable] = await Promise.all([startThrowAwayCluster(), startAirtableSimulator()]);
}, 60_000);
afterAll(async () => {
	await airtable.stop();
	await cluster.stop();
	await rm(home, { recursive: true, force: true });
});

/** Of a file of settings the last line of each name counts. */
async function settingsIn(file: string): Promise<Settings> {
	const lines = (await readFile(file, "utf8")).trim().split("\n");
	return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

test(
	"ACC-2, ID-3: by the page's commands every key and password is changed, and people go on with the tokens and accounts they have",
	async () => {
		const [file, port] = [join(home, "settings"), await freePort()];
		const url = `http://localhost:${port}`;
		const first = {
			DATABASE_URL: cluster.url("postgres"),
			SHEAF_DATABASE_KEY: "the-database-key-from-before-which-is-long",
			SHEAF_MASTER_KEYS: `first:${Buffer.alloc(32, 7).toString("base64url")}`,
			SHEAF_LOG_KEY: "the-log-key-which-stays-what-it-is-here",
			SHEAF_PUBLIC_URL: url,
			SHEAF_DATA_DIR: join(home, "none"),
			AIRTABLE_API_URL: airtable.url,
		};
		await writeFile(
			file,
			`${Object.entries(first)
				.map((line) => line.join("="))
				.join("\n")}\n`,
		);
		const running = async <Result>(work: () => Promise<Result>): Promise<Result> => {
			const settings = await settingsIn(file);
			const { child } = await startReady(() => startProcess({ ...settings, SHEAF_PORT: String(port) }), port);
			const result = await work().finally(() => child.kill("SIGTERM"));
			expect(await child.exited).toBe(0);
			return result;
		};
		const ground = (admin: Ground["admin"]): Ground => ({ url, apis: () => [url], admin, airtable });
		const before = postgres(first.DATABASE_URL, { max: 1 });
		const saver = await running(async () => {
			const somebody = await makeSaver(ground(before), 0);
			await somebody.save();
			await untilSettled(ground(before), [somebody]);
			await followPage("rotating-secrets.md", url, { PATH: await findPostgresTools(), SETTINGS: file });
			return somebody;
		});

		const after = await settingsIn(file);
		for (const name of ["DATABASE_URL", "SHEAF_DATABASE_KEY", "SHEAF_MASTER_KEYS"] as const) {
			expect({ name, isNew: after[name] !== first[name] }).toEqual({ name, isNew: true });
		}
		expect(after["SHEAF_MASTER_KEYS"]).not.toContain("first:");
		const admin = postgres(after["DATABASE_URL"] ?? "", { max: 1 });
		await running(async () => {
			await saver.save();
			await untilSettled(ground(admin), [saver]);
			expect(await brokenPromises(ground(admin), [saver])).toEqual([]);
		});
		await Promise.all([before.end(), admin.end()]);
	},
	patienceMs,
);

test("ACC-2: the page lists every setting that is a secret, and no other", async () => {
	const example = await readFile(new URL("../../.env.example", import.meta.url), "utf8");
	const names = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = ""]) => name);
	const secret = /SECRET|_KEYS?$|PASSWORD$|_HEADERS$|^(DATABASE|REDIS|SHEAF_SMTP)_URL$/;
	const rows = (await readPage("rotating-secrets.md")).split("\n").filter((line) => line.startsWith("| `"));
	const listed = rows.flatMap((row) =>
		[...(row.split(" | ")[0] ?? "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name),
	);
	expect(listed.length).toBeGreaterThan(15);
	expect(listed.toSorted()).toEqual(names.filter((name) => secret.test(name)).toSorted());
});
