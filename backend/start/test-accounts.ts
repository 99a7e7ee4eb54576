import { randomBytes } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { hiddenFields } from "../api/testing/test-person.ts";
import { startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { startBaserowSimulator } from "../connectors/baserow/simulator.ts";
import { conformanceTable } from "../connectors/baserow/test-scene.ts";
import { startNocodbSimulator } from "../connectors/nocodb/simulator.ts";
import { conformanceBase } from "../connectors/nocodb/test-scene.ts";
import { makeSigningSecret } from "../connectors/sign-message.ts";
import { startReceiver } from "../connectors/test-receiver.ts";
import { startThrowAwayCluster } from "../embedded/throw-away.ts";
import type { Settings } from "./test-process.ts";
import { type RecordingProxy, startRecordingProxy } from "./test-recording-proxy.ts";

/** Accounts of every kind of secret, each with a canary for it. */
export type TestAccounts = {
	/** By what it is. */
	secrets: ReadonlyMap<string, string>;
	/** What the backend is told of them. */
	settings(publicUrl: string): Settings;
	/** The forms that connect them, by provider. */
	forms: Readonly<Record<"nocodb" | "baserow" | "postgres" | "webhook", Readonly<Record<string, string>>>>;
	/** Where events are told; the key in it is a secret too. */
	eventsUrl: string;
	oauth: RecordingProxy;
	/** From now on they all refuse, and repeat what they were told while they do. */
	refuseAll(): Promise<void>;
	/** Agrees on Airtable's consent page. @returns where the browser goes */
	consent(address: string): Promise<URL>;
	close(): Promise<void>;
};

const canary = (name: string) => `canary-${name}-${randomBytes(12).toString("hex")}`;
const clientId = "sheaf-at-airtable";

export async function startTestAccounts(): Promise<TestAccounts> {
	const secrets = new Map([
		["NocoDB's token", canary("nocodb")],
		["Baserow's token", canary("baserow")],
		["the database's password", canary("postgres")],
		["the webhook's signing secret", makeSigningSecret()],
		["the key in an event hook's address", canary("event-key")],
		["the OAuth client's secret", canary("client")],
	]);
	const secret = (name: string) => secrets.get(name) ?? "";
	const servers = await startServers(secret);
	const { airtable, oauth, nocodb, baserow, receiver, database } = servers;
	const clientSecret = secret("the OAuth client's secret");
	return {
		secrets,
		oauth,
		consent: consentAtAirtable,
		settings: (publicUrl) => {
			airtable.control.registerClient({ clientId, clientSecret, redirectUris: [`${publicUrl}/connections/callback`] });
			return {
				AIRTABLE_API_URL: airtable.url,
				AIRTABLE_OAUTH_URL: oauth.url,
				SHEAF_AIRTABLE_CLIENT_ID: clientId,
				SHEAF_AIRTABLE_CLIENT_SECRET: clientSecret,
			};
		},
		forms: {
			nocodb: { address: nocodb.url, token: secret("NocoDB's token") },
			baserow: { address: baserow.url, token: secret("Baserow's token") },
			postgres: { address: database.address, tls: "off" },
			webhook: { address: `${receiver.url}/in`, secret: secret("the webhook's signing secret") },
		},
		eventsUrl: `${receiver.url}/events?key=${secret("the key in an event hook's address")}`,
		refuseAll: async () => {
			receiver.refuse();
			oauth.refuseNext();
			airtable.control.expireAccessTokens();
			nocodb.revokeToken(secret("NocoDB's token"));
			baserow.revokeToken(secret("Baserow's token"));
			await database.changePassword();
		},
		close: async () => {
			await Promise.all(Object.values(servers).map((server) => server.stop()));
		},
	};
}

async function startServers(secret: (name: string) => string) {
	const fields = [{ name: "Name", type: "singleLineText" } as const, { name: "URL", type: "url" } as const];
	const base = { id: "appCanary00000000", name: "Reading", tables: [{ name: "Pages", fields }] };
	const airtable = await startAirtableSimulator({ bases: [base] });
	return {
		airtable,
		oauth: startRecordingProxy(airtable.url),
		nocodb: await startNocodbSimulator({ bases: [conformanceBase], token: secret("NocoDB's token") }),
		baserow: await startBaserowSimulator({ tables: [conformanceTable], token: secret("Baserow's token") }),
		receiver: await startEchoingReceiver(),
		database: await startDatabase(secret("the database's password")),
	};
}

/** Takes everything, and refuses by repeating all it was sent, as careless servers do. */
async function startEchoingReceiver() {
	let refuses = false;
	const receiver = await startReceiver(({ path, headers, text }) =>
		refuses ? { status: 500, text: JSON.stringify({ path, headers: [...headers], text }) } : { status: 204, text: "" },
	);
	return {
		...receiver,
		refuse: () => {
			refuses = true;
		},
	};
}

async function startDatabase(password: string) {
	const cluster = await startThrowAwayCluster();
	const admin: Sql = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
	await admin.unsafe(`create role writer login password '${password}'; grant usage on schema public to writer;
		create table things (key text unique, title text); grant select, insert, update on things to writer`);
	return {
		address: `postgres://writer:${password}@127.0.0.1:${cluster.port}/postgres`,
		changePassword: async () => void (await admin.unsafe("alter role writer password 'another'")),
		stop: async () => {
			await admin.end();
			await cluster.stop();
		},
	};
}

/** Agrees on the consent page. @returns where the browser goes */
export async function consentAtAirtable(address: string): Promise<URL> {
	const page = await (await fetch(address)).text();
	const [, account = ""] = /name="account" value="([^"]+)"/.exec(page) ?? [];
	const [, base = ""] = /name="base" value="([^"]+)"/.exec(page) ?? [];
	const body = new URLSearchParams({ ...hiddenFields(page), account, base, decision: "allow" });
	const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
	return new URL(answer.headers.get("location") ?? "");
}
