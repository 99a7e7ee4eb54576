import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { guardReasons } from "../connectors/checked-address.ts";
import type { Connector, ConnectorCall, DialResult, HttpRequest, HttpResponse } from "../connectors/connector.ts";
import { createGuardedDial } from "../connectors/dial.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { createRegistry } from "../connectors/registry.ts";
import { makeSigningSecret } from "../connectors/sign-message.ts";
import { testProviders } from "../connectors/test-providers.ts";
import { namesThatLie, privateHosts } from "../connectors/test-ssrf-probes.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { SheafError } from "../errors.ts";
import { createHook } from "../events/change-hooks.ts";
import { sampleEvent } from "../events/sample-events.ts";
import { postEvent } from "../events/send-event.ts";
import { subscribeZap } from "../events/zapier-hooks.ts";
import { guardedFetch } from "../identity/upstream/guarded-fetch.ts";
import { createTestEngine } from "../sync/test-engine.ts";
import { createVault } from "../vault/vault.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { createConnection } from "./create-connection.ts";

/**
 * Every address a person can give, tried with every probe of the one list (SEC-2): when it is saved and when something is sent there. A
 * connector that is not listed here with its fields that hold an address fails the first test.
 */
type InField = (host: string) => string;
const web: InField = (host) => `https://${host}/hook`;
const secret = makeSigningSecret();
const addressFields: Readonly<Record<string, Readonly<Record<string, InField>>>> = {
	airtable: {},
	notion: {},
	"google-sheets": {},
	"amazon-ads": {},
	practice: {},
	// Nothing of its form is an address: it reads what was uploaded.
	file: {},
	nocodb: { address: web },
	baserow: { address: web },
	webhook: { address: web },
	zapier: { address: (host) => `https://${host}/hooks/catch/1/abc/` },
	postgres: { host: (host) => host, address: (host) => `postgres://writer:secret@${host}:5432/shop` },
};
/** The rest of each form, filled in as it should be. */
const sound: Readonly<Record<string, string>> = {
	token: "patOfTests0000000.0123456789",
	secret,
	database: "shop",
	user: "writer",
	password: "secret",
	tls: "verify-full",
};

const client = { clientId: "client", clientSecret: "client-secret" };
const providers = testProviders();
const connectors = createRegistry({
	...providers,
	airtable: { ...providers.airtable, client },
	notion: { ...providers.notion, client },
	googleSheets: { ...providers.googleSheets, client },
	amazonAds: { ...providers.amazonAds, client },
	practice: { url: "https://practice.invalid" },
});
const places = Object.entries(addressFields).flatMap(([id, fields]) =>
	Object.entries(fields).map(([field, write]) => ({ id, field, write })),
);

/** `localhost` has to be refused for where it leads, also on a machine that does not know it; other names are nobody's. */
const resolve = async (name: string) => {
	if (name === "localhost" || name === "localhost.") return ["127.0.0.1"];
	throw new Error("ENOTFOUND");
};
const http = createGuardedHttp({ resolve });
const dial = createGuardedDial({ resolve });
let outcomes: (HttpResponse | DialResult)[] = [];
const doors = {
	http: async (request: HttpRequest) => {
		const response = await http(request);
		outcomes.push(response);
		return response;
	},
	dial: async (place: Parameters<typeof dial>[0]) => {
		const result = await dial(place);
		outcomes.push(result);
		return result;
	},
};
const { signal } = new AbortController();

let db: TestDatabase;
let deps: ConnectionDeps;
let person: Principal;
beforeAll(async () => {
	db = await createTestDatabase();
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	deps = { ...createTestEngine(db).deps, ...doors, vault, connectors };
	person = await createTestTenant(db.database);
});
afterAll(async () => {
	await db.close();
});
beforeEach(() => {
	outcomes = [];
});

function connectorNamed(id: string): Connector {
	const connector = connectors.get(id);
	if (connector === undefined) throw new Error(id);
	return connector;
}

function filled(connector: Connector, more: Record<string, string>): Record<string, string> {
	const names = connector.manifest.form.map(({ name }) => name);
	return { ...Object.fromEntries(Object.entries(sound).filter(([name]) => names.includes(name))), ...more };
}

const callWith = (credential: Record<string, string>, by: Partial<ConnectorCall> = doors): ConnectorCall => ({
	credential,
	http: doors.http,
	dial: doors.dial,
	signal,
	...by,
});
const column = {
	id: "key",
	name: "key",
	type: "text",
	providerType: "text",
	writable: true,
	matchable: true,
} as const;
const target = (containerId = "1", tableId = "1") => ({ containerId, tableId, matchKey: ["key"], columns: [column] });
const row = { ref: "a", version: 1, cells: { key: "a" } };
const schema = { columns: [], needsKey: false };

/** Its code, or that it was taken. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
	try {
		await work;
		return "taken";
	} catch (error) {
		return error instanceof SheafError ? error.code : String(error);
	}
}

test("SEC-2: every connector and each field of its form that may hold an address is in this walk", () => {
	expect(Object.keys(addressFields).toSorted()).toEqual([...connectors.keys()].toSorted());
	for (const [id, { manifest }] of connectors) {
		const named = manifest.form.filter(
			({ name, kind }) => kind === "url" || /address|host|url|server|site/i.test(name),
		);
		expect(Object.keys(addressFields[id] ?? {}).toSorted(), id).toEqual(named.map(({ name }) => name).toSorted());
	}
	expect(places.length).toBeGreaterThan(4);
});

describe("SEC-2: connections", () => {
	test.each(places)("$id by $field: no probe is saved, none is reached", async ({ id, field, write }) => {
		const codes = new Set<string>();
		for (const host of privateHosts) {
			const credential = filled(connectorNamed(id), { [field]: write(host) });
			codes.add(await refusalOf(createConnection(deps, person, { provider: id, credential })));
		}
		// Zapier's addresses are its own host's, so anything else is no address of a Zap.
		expect([...codes]).toEqual([id === "zapier" ? "connections/credential-refused" : "connections/address-refused"]);
		expect(outcomes).toHaveLength(id === "zapier" ? 0 : privateHosts.length);
		expect(outcomes.filter(({ kind }) => kind !== "forbidden")).toEqual([]);
	});

	test.each(places)("$id by $field: nothing is sent to a probe that was saved before", async ({ id, field, write }) => {
		const connector = connectorNamed(id);
		for (const host of privateHosts) {
			const result = await connector.push(callWith(filled(connector, { [field]: write(host) })), target(), [row]);
			expect(result.kind, host).not.toBe("pushed");
		}
		expect(outcomes.filter(({ kind }) => kind !== "forbidden")).toEqual([]);
		expect(outcomes.length).toBe(id === "zapier" ? 0 : privateHosts.length);
	});

	test.each(places)("$id by $field: a name is good for as long as it leads nowhere private", async (place) => {
		const connector = connectorNamed(place.id);
		const credential = filled(connector, { [place.field]: place.write("rebind.test") });
		for (const [, answers] of namesThatLie) {
			const lying = { resolve: async () => answers };
			const http = createGuardedHttp(lying);
			const dial = createGuardedDial(lying);
			for (const ask of [
				connector.identify(callWith(credential, { http, dial })),
				connector.push(callWith(credential, { http, dial }), target(), [row]),
			]) {
				expect(["ok", "pushed"]).not.toContain((await ask).kind);
			}
		}
	});
});

describe("SEC-2: what is no address leads nowhere", () => {
	const probe = "probe.invalid";
	test.each([...connectors.keys()])("%s", async (id) => {
		const connector = connectorNamed(id);
		const asked: string[] = [];
		const by: Partial<ConnectorCall> = {
			http: async ({ url }) => {
				asked.push(new URL(url).hostname);
				return { kind: "answered", status: 401, headers: new Headers(), text: "{}" };
			},
			dial: async ({ host }) => {
				asked.push(host);
				return { kind: "unanswered", reason: "unreachable" };
			},
		};
		const own = addressFields[id] ?? {};
		const sane = Object.fromEntries(Object.entries(own).map(([field, write]) => [field, write("nowhere.invalid")]));
		const credential = filled(connector, { token: sound["token"] ?? "", ...sane });
		const others = connector.manifest.form.filter(({ name }) => own[name] === undefined);
		for (const lure of [
			`https://${probe}/`,
			`@${probe}`,
			`//${probe}/`,
			probe,
			`x@https://${probe}`,
			`../..//${probe}`,
		]) {
			for (const { name } of others) await connector.discover(callWith({ ...credential, [name]: lure }, by));
			const call = callWith(credential, by);
			for (const to of [target(lure), target("1", lure), target(lure, lure)]) {
				await connector.push(call, to, [{ ...row, remoteId: lure }]);
				await connector.read?.(call, to, { by: "id", ids: [lure] });
				await connector.remove?.(call, to, [lure]);
				const query = { cursor: lure, filter: [], search: lure, limit: 10, columns: [], schema };
				await connector.source?.schema(call, to);
				await connector.source?.list(call, to, query);
				// Where one login reaches several accounts, the account decides which address is asked.
				for (const profileId of [lure, `eu:${lure}`, "eu:1"]) {
					await connector.source?.list(call, { containerId: "", tableId: "sp-campaigns", profileId }, query);
				}
			}
		}
		expect(asked.length > 0).toBe(connector.manifest.readsFiles !== true);
		expect(asked.filter((host) => host.includes(probe))).toEqual([]);
	});
});

describe("SEC-2: other addresses", () => {
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	const hookDeps = () => ({ database: db.database, vault, http: doors.http });
	const event = sampleEvent("record.delivered");

	test.each(privateHosts)("an event hook at %s: neither saved nor told", async (host) => {
		const made = createHook(hookDeps(), person, { url: web(host), events: ["record.delivered"] });
		expect(await refusalOf(made)).toBe("events/address-refused");
		await postEvent(doors.http, { kind: "webhook", url: web(host), secret }, { event, signal });
		const refused = { kind: "forbidden", reason: guardReasons.private } as const;
		expect(outcomes).toEqual([refused, refused]);
	});

	test.each([...privateHosts, "hooks.zapier.com.test", "zapier.com@127.0.0.1", "127.0.0.1#.zapier.com"])(
		"a Zap at %s does not subscribe",
		async (host) => {
			const deps = { ...hookDeps(), hooksUrl: "https://hooks.zapier.com" };
			const subscribed = subscribeZap(deps, person, { targetUrl: `https://${host}/hooks/standard/1/` });
			expect(await refusalOf(subscribed)).toBe("events/address-refused");
			expect(outcomes).toEqual([]);
		},
	);

	test.each(privateHosts)("an issuer that says its addresses are at %s is not followed", async (host) => {
		const fetch = guardedFetch(doors.http);
		await expect(fetch(`https://${host}/token`, { method: "POST", headers: {} })).rejects.toThrow(guardReasons.private);
	});
});
