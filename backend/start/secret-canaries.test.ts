import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { isIn } from "../api/testing/canary.ts";
import { ask, hiddenFields, makePerson, type TestPerson, type Tokens } from "../api/testing/test-person.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { testPut } from "../records/test-operations.ts";
import { startProcess, startReady, type TestProcess, until } from "./test-process.ts";
import { databaseText } from "./test-secret-places.ts";

/**
 * Words that must be nowhere but where they are used: the whole backend runs at its most talkative, a person connects, delivers, loses
 * the account and makes mistakes with the token in hand, and then everything that was written down is searched.
 */
const canary = "patCanary00000000.the-token-that-nobody-may-find";
const baseId = "appCanary00000000";

let dataDir: string;
let db: TestDatabase;
let admin: Sql;
let airtable: AirtableSimulator;
let backend: TestProcess;
let person: TestPerson;
let tokens: Required<Tokens>;
let url: string;
const answers: string[] = [];
let connectionId: string;
/** The part of an invitation's link that opens it. */
let inviteToken: string;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "sheaf-canary-"));
	db = await createTestDatabase();
	admin = postgres(db.url, { max: 1 });
	const fields = [{ name: "Name", type: "singleLineText" } as const, { name: "URL", type: "url" } as const];
	airtable = await startAirtableSimulator({
		tokens: [{ token: canary }],
		bases: [{ id: baseId, name: "Reading", tables: [{ name: "Pages", fields }] }],
	});
	const settings = { DATABASE_URL: db.url, SHEAF_DATABASE_KEY: db.databaseKey, AIRTABLE_API_URL: airtable.url };
	const started = await startReady((port) =>
		startProcess({ ...settings, SHEAF_DATA_DIR: dataDir, SHEAF_PORT: String(port), SHEAF_LOG_LEVEL: "trace" }),
	);
	backend = started.child;
	url = `http://localhost:${started.port}`;
	person = await makePerson(url);
	tokens = await person.tokens();
	await useTheToken();
	await inviteSomebody();
}, 60_000);
afterAll(async () => {
	backend.kill("SIGKILL");
	await backend.exited;
	await airtable.stop();
	await admin.end();
	await db.close();
	await rm(dataDir, { recursive: true, force: true });
});

/** Asks, and keeps the answer's headers and body for the search. */
async function send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
	const sent = typeof body === "string" ? body : JSON.stringify(body);
	const answer = await ask(`${url}/api/v1${path}`, tokens.access_token, {
		method,
		...(body === undefined ? {} : { body: sent, headers: { "content-type": "application/json" } }),
	});
	const text = await answer.text();
	answers.push(JSON.stringify([...answer.headers]), text);
	return { status: answer.status, text };
}

async function useTheToken(): Promise<void> {
	const connected = await send("POST", "/connections", { provider: "airtable", credential: { token: canary } });
	connectionId = (JSON.parse(connected.text) as { id: string }).id;
	const made = await send("POST", "/targets", {
		name: "Pages",
		connectionId,
		tableId: airtable.control.table(baseId, "Pages").id,
		mapping: [
			{ from: "title", to: "Name" },
			{ from: "url", to: "URL" },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	const targetId = (JSON.parse(made.text) as { id: string }).id;
	await deliver(targetId, "delivered");
	for (const body of mistakes) await send("POST", "/connections", body);
	await send("PATCH", `/connections/${connectionId}`, { credential: { token: canary, [canary]: "x" } });
	airtable.control.revokeToken(canary);
	await deliver(targetId, "stored");
	for (const path of ["/connections", `/connections/${connectionId}/tables`, "/targets", "/records"])
		await send("GET", path);
}

/** The link travels as people use it: through the page, the sign-in page it leads to, and the form that joins. */
async function inviteSomebody(): Promise<void> {
	const made = await send("POST", "/workspaces", { name: "Reading circle" });
	const { id } = JSON.parse(made.text) as { id: string };
	const invited = await ask(`${url}/api/v1/workspaces/${id}/invites`, tokens.access_token, {
		method: "POST",
		body: JSON.stringify({ role: "member" }),
		headers: { "content-type": "application/json" },
	});
	inviteToken = ((await invited.json()) as { url: string }).url.split("/invite/")[1] ?? "";
	expect(inviteToken).toHaveLength(43);
	const { browser, email, password } = await makePerson(url);
	const signUp = `/oauth/sign-in?continue=${encodeURIComponent(`/invite/${inviteToken}`)}&screen=sign-up`;
	const form = hiddenFields(await (await browser.get(signUp)).text());
	await browser.post("/oauth/sign-up", { ...form, email, password });
	const page = hiddenFields(await (await browser.get(`/invite/${inviteToken}`)).text());
	expect(await (await browser.post("/invite/join", page)).text()).toContain("You are in");
	await send("GET", `/workspaces/${id}/invites`);
}

/** What a person or a client could get wrong with a good token in hand. */
const mistakes = [
	{ provider: "airtable", credential: canary },
	{ provider: "airtable", credential: { token: [canary] } },
	{ provider: "airtable", credential: { token: { value: canary } } },
	{ provider: "airtable", token: canary },
	{ provider: canary, credential: { token: canary } },
	{ provider: "airtable", name: "", credential: { token: canary } },
	`{"provider":"airtable","credential":{"token":"${canary}"`,
];

/** Until the record is in the state it ends in; one that is `stored` again has met the account that is gone. */
async function deliver(targetId: string, ends: string): Promise<void> {
	const put = testPut({ targetId });
	await send("POST", "/writes/batch", { operations: [put] });
	await until(async () => {
		const { status } = JSON.parse((await send("GET", `/records/${put.record.id}`)).text) as { status: string };
		if (ends === "delivered") return status === ends;
		return (await send("GET", `/connections/${connectionId}`)).text.includes("revoked");
	});
}

test("ACC-2: a connection's token is in no answer of the API, in its headers or in its error details", () => {
	expect(answers.filter((text) => isIn(text, canary))).toEqual([]);
	expect(answers.filter((text) => isIn(text, inviteToken))).toEqual([]);
});

test("ACC-2: nothing secret is in a dump of the database, the queue's tables among it", async () => {
	const dump = await databaseText(admin);
	expect(dump).toContain(connectionId);
	for (const secret of [canary, person.password, tokens.access_token, tokens.refresh_token, inviteToken]) {
		expect(isIn(dump, secret)).toBe(false);
	}
});

test("ACC-2: the same search finds a token that was leaked on purpose, in the dump and in an answer", async () => {
	await send("PATCH", `/connections/${connectionId}`, { name: canary });
	expect(isIn(await databaseText(admin), canary)).toBe(true);
	expect(answers.some((text) => isIn(text, canary))).toBe(true);
	await admin`update sheaf.connections set name = 'Airtable', account_label = encode(${canary}::text::bytea, 'hex')`;
	expect(isIn(await databaseText(admin), canary)).toBe(true);
});

test("OBS-1: nothing secret and nobody's name is in the log at its most talkative", async () => {
	backend.kill("SIGTERM");
	await backend.exited;
	const log = (await new Response(backend.stdout).text()) + (await new Response(backend.stderr).text());
	// It is the log of just this: the requests above are in it.
	expect(log).toContain("/api/v1/connections/:id");
	expect(log).toContain(person.deviceId);
	const { password, email } = person;
	for (const secret of [canary, password, email, tokens.access_token, tokens.refresh_token, inviteToken]) {
		expect(isIn(log, secret)).toBe(false);
	}
	expect(isIn(`${log}${canary}`, canary)).toBe(true);
}, 20_000);
