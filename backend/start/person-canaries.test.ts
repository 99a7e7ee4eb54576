import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { isIn } from "../api/testing/canary.ts";
import { ask, makePerson, type TestPerson, type Tokens } from "../api/testing/test-person.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { startTestRedis, type TestRedis } from "../jobs/test-redis.ts";
import { testPut } from "../records/test-operations.ts";
import { startProcess, startReady, type TestProcess, until } from "./test-process.ts";
import { queueText, redisText } from "./test-secret-places.ts";

/** What belongs to a person and to pages: it may be in their rows and in answers that show them their rows, and nowhere else. */
const words = {
	email: "canaria.person@example.test",
	firstName: "Canaria-first-name",
	token: "patPerson00000000.canaria-token-of-a-person",
	title: "canaria title of a page",
	text: "canaria text of a page",
	query: "canaria-in-an-address",
};
const baseId = "appPerson00000000";

let dataDir: string;
let db: TestDatabase;
let redis: TestRedis | null;
let airtable: AirtableSimulator;
let admin: Sql;
let backend: TestProcess;
let url: string;
let person: TestPerson;
let tokens: Required<Tokens>;
let errors: string[];
/** What a collector (OTLP/HTTP) was sent: traces, and what extensions tell of themselves. */
let collected: { path: string; text: string }[];
const collector = Bun.serve({
	port: 0,
	hostname: "127.0.0.1",
	fetch: async (request) => {
		collected.push({ path: new URL(request.url).pathname, text: await request.text() });
		return Response.json({});
	},
});
afterAll(() => collector.stop(true));
let stdout: Promise<string>;

async function startRun(kind: "PostgreSQL" | "Redis"): Promise<void> {
	[errors, collected] = [[], []];
	dataDir = await mkdtemp(join(tmpdir(), "sheaf-person-"));
	[db, redis] = await Promise.all([createTestDatabase(), kind === "Redis" ? startTestRedis() : null]);
	admin = postgres(db.url, { max: 1 });
	const fields = [{ name: "Name", type: "singleLineText" } as const, { name: "URL", type: "url" } as const];
	airtable = await startAirtableSimulator({
		tokens: [{ token: words.token }],
		bases: [{ id: baseId, name: "Reading", tables: [{ name: "Pages", fields }] }],
	});
	const stores = redis === null ? {} : { REDIS_URL: redis.url };
	const settings = { DATABASE_URL: db.url, SHEAF_DATABASE_KEY: db.databaseKey, ...stores };
	const collecting = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}` };
	const logs = { SHEAF_LOG_LEVEL: "trace", SHEAF_LOG_DIR: join(dataDir, "logs") };
	const watched = { ...logs, ...collecting, AIRTABLE_API_URL: airtable.url };
	const started = await startReady((port) =>
		startProcess({ ...settings, ...watched, SHEAF_DATA_DIR: dataDir, SHEAF_PORT: String(port) }),
	);
	backend = started.child;
	stdout = Promise.all([new Response(backend.stdout).text(), new Response(backend.stderr).text()]).then((all) =>
		all.join(""),
	);
	url = `http://localhost:${started.port}`;
	person = await makePerson(url, words.email);
	tokens = await person.tokens();
	await send("PATCH", "/users/me", { firstName: words.firstName });
	await deliverAndFail(await makeTarget());
	await makeMistakes();
	await tellDiagnostics();
}

async function endRun(): Promise<void> {
	backend.kill("SIGKILL");
	await backend.exited;
	await airtable.stop();
	await admin.end();
	await Promise.all([db.close(), redis?.close()]);
	await rm(dataDir, { recursive: true, force: true });
}

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
	const sent = typeof body === "string" ? body : JSON.stringify(body);
	const answer = await ask(`${url}/api/v1${path}`, tokens.access_token, {
		method,
		...(body === undefined ? {} : { body: sent, headers: { "content-type": "application/json" } }),
	});
	const text = await answer.text();
	if (!answer.ok) errors.push(text);
	return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
}

async function makeTarget(): Promise<string> {
	const connected = await send("POST", "/connections", { provider: "airtable", credential: { token: words.token } });
	const { body } = await send("POST", "/targets", {
		name: "Pages",
		connectionId: (connected.body as { id: string }).id,
		tableId: airtable.control.table(baseId, "Pages").id,
		mapping: [
			{ from: "title", to: "Name" },
			{ from: "url", to: "URL" },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	return (body as { id: string }).id;
}

const page = (targetId: string) => {
	const put = testPut({
		targetId,
		title: words.title,
		url: `https://example.test/${crypto.randomUUID()}?q=${words.query}`,
	});
	put.record.fields["body"] = { type: "markdown", value: words.text };
	return put;
};

/** One that arrives, and one whose provider refuses it with the words in its answer. */
async function deliverAndFail(targetId: string): Promise<void> {
	for (const wanted of ["delivered", "blamed"]) {
		const put = page(targetId);
		await send("POST", "/writes/batch", { operations: [put] });
		await until(async () => {
			const [row] = await admin<{ state: string; status: string }[]>`
				select d.state, c.status from sheaf.deliveries d join sheaf.targets t on t.id = d.target_id
					join sheaf.connections c on c.id = t.connection_id where d.record_id = ${put.record.id}`;
			return wanted === "delivered" ? row?.state === "delivered" : row?.status !== "healthy";
		});
		airtable.control.revokeToken(words.token);
	}
}

/** Everything a client can get wrong with those words in its hands. */
async function makeMistakes(): Promise<void> {
	const put = page(crypto.randomUUID());
	await send("POST", "/writes/batch", { operations: words.text });
	await send("POST", "/writes/batch", { [words.title]: [put] });
	await send("POST", "/writes/batch", `{"operations": [{"title": "${words.title}"`);
	await send("GET", `/records?cursor=${words.query}&status=${words.query}`);
	await send("PATCH", "/users/me", { firstName: [words.firstName], timeZone: words.firstName });
	await send("POST", "/connections", { provider: words.title, credential: { token: words.token } });
	await send("DELETE", "/users/me", { confirm: `not ${words.email}` });
	await fetch(`${url}/api/v1/users/me?e=${words.email}`, { headers: { authorization: `Bearer ${words.token}` } }).then(
		async (answer) => errors.push(await answer.text()),
	);
	expect(errors.length).toBeGreaterThan(5);
}

/** By a client that was changed: the words where an extension would put codes, ids and names of events. */
async function tellDiagnostics(): Promise<void> {
	const said = [...Object.values(words), tokens.access_token].map((word) => word.slice(0, 64));
	const inContext = { key: "context", value: { stringValue: "popup" } };
	const record = { timeUnixNano: "1700000000000000000", severityNumber: 17, eventName: "request.failed" };
	const logRecords = said.map((stringValue) => ({
		...record,
		attributes: [inContext, ...["code", "area", "page"].map((key) => ({ key, value: { stringValue } }))],
	}));
	const resource = { attributes: [{ key: "service.version", value: { stringValue: words.title } }] };
	const scopeLogs = [{ scope: { name: "sheaf" }, logRecords }];
	const { status } = await send("POST", "/diagnostics", { resourceLogs: [{ resource, scopeLogs }] });
	expect(status).toBe(200);
	await until(async () => ["/v1/logs", "/v1/traces"].every((wanted) => collected.some(({ path }) => path === wanted)));
}

const secrets = () => [...Object.values(words), person.password, tokens.access_token, tokens.refresh_token];
const foundIn = (text: string) => secrets().filter((secret) => isIn(text, secret));

describe.each(["PostgreSQL", "Redis"] as const)("with the queue on %s", (kind) => {
	beforeAll(() => startRun(kind), 60_000);
	afterAll(endRun);

	test("OBS-1: a person's e-mail, name, tokens and what is on their pages is in no error body", () => {
		expect(foundIn(errors.join("\n"))).toEqual([]);
	});

	test("OBS-1: none of it is in a metric", async () => {
		const figures = await (await fetch(`${url}/metrics`)).text();
		expect(figures).toContain('sheaf_provider_answers_total{provider="airtable",status="2xx"}');
		expect(foundIn(figures)).toEqual([]);
	});

	test("OBS-1, SYNC-1: none of it is in a row of the queue", async () => {
		const rows = redis === null ? await queueText(admin) : await redisText(redis.url);
		expect(rows).toContain("deliver-lane");
		expect(foundIn(rows)).toEqual([]);
		expect(foundIn(`${rows}${secrets().join(" ")}`)).toEqual(secrets());
	});

	test("OBS-1, OBS-3: none of it is in a trace or in what extensions tell of themselves", async () => {
		const text = collected.map(({ text: each }) => each).join("\n");
		expect(text).toContain("/api/v1/writes/batch");
		expect(text).toContain("request.failed");
		expect(foundIn(text)).toEqual([]);
	});

	test("OBS-1: none of it is in the log at its most talkative, on stdout or in its files, which say who by pseudonym", async () => {
		backend.kill("SIGTERM");
		await backend.exited;
		const names = await readdir(join(dataDir, "logs"));
		const files = (await Promise.all(names.map((name) => readFile(join(dataDir, "logs", name), "utf8")))).join("");
		for (const log of [await stdout, files]) {
			expect(log).toContain("/api/v1/writes/batch");
			expect(log).toMatch(/"actor_uid":"[0-9a-f]{32}","session_id":"[0-9a-f-]{36}","device_id":"[0-9a-f-]{36}"/);
			expect(foundIn(log)).toEqual([]);
		}
		expect(foundIn(`${files}${secrets().join(" ")}`)).toEqual(secrets());
	}, 20_000);
});
