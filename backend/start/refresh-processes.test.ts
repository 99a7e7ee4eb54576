import { afterAll, beforeAll, expect, test } from "bun:test";
import { createHash, randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { insertConnection } from "../connections/store-connection.ts";
import { storedCredential } from "../connections/stored-credential.ts";
import { createAirtableConnector } from "../connectors/airtable/index.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createVault } from "../vault/vault.ts";
import { consentAtAirtable } from "./test-accounts.ts";
import { type RecordingProxy, startRecordingProxy } from "./test-recording-proxy.ts";
import type { RefreshOrder } from "./test-refresh-worker.ts";

const workerFile = fileURLToPath(new URL("./test-refresh-worker.ts", import.meta.url));
const client = { clientId: "sheaf-at-airtable", clientSecret: "worthless-outside-this-test" };
const redirectUri = "https://sheaf.test/connections/callback";
const key = new Uint8Array(32).fill(7);
const processes = 4;

let db: TestDatabase;
let airtable: AirtableSimulator;
let oauth: RecordingProxy;
beforeAll(async () => {
	db = await createTestDatabase();
	airtable = await startAirtableSimulator();
	airtable.control.registerClient({ ...client, redirectUris: [redirectUri] });
	oauth = startRecordingProxy(airtable.url);
});
afterAll(async () => {
	await oauth.stop();
	await airtable.stop();
	await db.close();
});

/** A pair of tokens as a person's consent gives them. */
async function consented(): Promise<{ token: string; refreshToken: string; expiresIn: number }> {
	const verifier = randomBytes(32).toString("base64url");
	const address = new URL(`${airtable.url}/oauth2/v1/authorize`);
	address.search = new URLSearchParams({
		response_type: "code",
		client_id: client.clientId,
		redirect_uri: redirectUri,
		scope: "data.records:write",
		state: randomBytes(16).toString("base64url"),
		code_challenge: createHash("sha256").update(verifier).digest("base64url"),
		code_challenge_method: "S256",
	}).toString();
	const back = await consentAtAirtable(address.href);
	const answer = await fetch(`${airtable.url}/oauth2/v1/token`, {
		method: "POST",
		headers: { authorization: `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}` },
		body: new URLSearchParams({
			grant_type: "authorization_code",
			code: back.searchParams.get("code") ?? "",
			redirect_uri: redirectUri,
			code_verifier: verifier,
		}),
	});
	const tokens = (await answer.json()) as { access_token: string; refresh_token: string };
	return { token: tokens.access_token, refreshToken: tokens.refresh_token, expiresIn: 3_600 };
}

/** An account whose access is to be renewed now. */
async function dueAccount(): Promise<RefreshOrder["places"][number]> {
	const person = await createTestTenant(db.database);
	const connectionId = crypto.randomUUID();
	const tokens = await consented();
	const { token, refreshToken } = tokens;
	const connector = createAirtableConnector({
		id: "airtable",
		title: "Airtable",
		summary: "",
		apiUrl: airtable.url,
		siteUrl: airtable.url,
		contentUrl: airtable.url,
		auth: { kind: "account", oauthUrl: oauth.url, client },
	});
	await insertConnection({ database: db.database }, person, {
		id: connectionId,
		name: undefined,
		account: {
			connector,
			way: "oauth",
			identity: { accountId: connectionId, label: "someone", scopes: [], missingScopes: [] },
			credential: await storedCredential(createVault([{ kid: "test", key }]), { token, refreshToken }, tokens),
			settings: {},
		},
	});
	await db.database.asTenant(
		{ ...person, role: "worker" },
		(sql) => sql`update sheaf.connections set refresh_at = now() where id = ${connectionId}`,
	);
	return { workspaceId: person.workspaceId, connectionId };
}

function startWorker(order: RefreshOrder) {
	return Bun.spawn([process.execPath, workerFile, JSON.stringify(order)], {
		stdin: "pipe",
		stdout: "pipe",
		stderr: "inherit",
	});
}

test("ACC-3: four processes that need the same accesses renew each once, and Airtable never sees two at a time (409)", async () => {
	const places = await Promise.all(Array.from({ length: 15 }, dueAccount));
	const order: RefreshOrder = {
		databaseUrl: db.url,
		databaseKey: db.databaseKey,
		masterKey: Buffer.from(key).toString("base64url"),
		oauthUrl: oauth.url,
		apiUrl: airtable.url,
		client,
		places,
	};
	// Long enough that all of them ask while the first is at it.
	airtable.control.setOAuth({ refreshMs: 300 });
	const workers = Array.from({ length: processes }, () => startWorker(order));
	const outputs = workers.map((worker) => worker.stdout.pipeThrough(new TextDecoderStream()).getReader());
	for (const output of outputs) expect((await output.read()).value).toBe("ready\n");
	for (const worker of workers) {
		void worker.stdin.write("go\n");
		void worker.stdin.flush();
	}
	const got = await Promise.all(
		outputs.map(async (output) => JSON.parse((await output.read()).value ?? "") as string[]),
	);
	for (const worker of workers) expect(await worker.exited).toBe(0);

	expect(oauth.statuses).toEqual(places.map(() => 200));
	for (const one of got) expect(one).toEqual(got[0] ?? []);
	const digests = got[0] ?? [];
	expect(new Set(digests).size).toBe(places.length);
	// What they hold are the tokens that Airtable gave last.
	const given = new Set([...oauth.secrets].map((secret) => createHash("sha256").update(secret).digest("hex")));
	expect(digests.filter((digest) => !given.has(digest))).toEqual([]);
}, 60_000);
