import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createServer } from "node:net";
import postgres, { type Sql } from "postgres";
import type { Cluster } from "../../embedded/cluster.ts";
import { startThrowAwayCluster } from "../../embedded/throw-away.ts";
import { testCertificate } from "../../mail/test-certificate.ts";
import type { ConnectorCall, GuardedDial } from "../connector.ts";
import { createGuardedDial } from "../dial.ts";
import { createPostgresConnector } from "./index.ts";
import { testAuthority } from "./test-certificates.ts";
import { turnOnTls } from "./test-tls-server.ts";

/** A second server, with a certificate of an authority that no system knows. */
let cluster: Cluster;
let admin: Sql;
const connector = createPostgresConnector({ timeoutMs: 5_000 });
const dial = createGuardedDial({
	allowedPrivateHosts: ["127.0.0.1", "localhost", "db.internal"],
	resolve: async () => ["127.0.0.1"],
});

beforeAll(async () => {
	cluster = await startThrowAwayCluster();
	admin = postgres(cluster.url("postgres"), { max: 1, onnotice: () => undefined });
	await admin.unsafe("create role writer login password 'p@ss/w#rd'");
	await turnOnTls(admin);
});
afterAll(async () => {
	await connector.close?.();
	await admin.end();
	await cluster.stop();
});

const form = (more: Record<string, string>) => ({
	host: "localhost",
	port: String(cluster.port),
	database: "postgres",
	user: "writer",
	password: "p@ss/w#rd",
	...more,
});
const identify = (credential: Record<string, string>, by: GuardedDial = dial) => {
	const call: ConnectorCall = {
		credential,
		http: async () => ({ kind: "forbidden", reason: "no requests" }),
		dial: by,
		signal: new AbortController().signal,
	};
	return connector.identify(call);
};

/** What a page sends: a text field has one line. */
const onOneLine = testAuthority.replaceAll("\n", "");

// The server takes this user over encrypted connections only, so whoever got in came by one.
describe("SEC-2: the connection is encrypted, and the server proves who it is", () => {
	test.each([
		["verify-full", { host: "localhost" }],
		["verify-full", { host: "127.0.0.1" }],
		["verify-ca", { host: "db.internal" }],
		["", { host: "localhost" }],
	])("%p with its authority: %j", async (tls, place) => {
		expect(await identify(form({ tls, ...place, ca: onOneLine }))).toMatchObject({ kind: "ok" });
	});

	test("`require` takes whoever answers, as its label says", async () => {
		expect(await identify(form({ tls: "require", host: "db.internal" }))).toMatchObject({ kind: "ok" });
	});

	test("several authorities in one field: one of them has to be the server's", async () => {
		const ca = `${testCertificate.cert}\n${testAuthority}`;
		expect(await identify(form({ ca }))).toMatchObject({ kind: "ok" });
	});

	test.each([
		["no authority that it could prove itself to", {}],
		["another authority", { ca: testCertificate.cert }],
		["another name than the one asked for", { ca: testAuthority, host: "db.internal" }],
		["another authority, names being nobody's business", { ca: testCertificate.cert, tls: "verify-ca" }],
	])("refused: %s", async (_why, more) => {
		const answer = await identify(form(more));
		expect(answer).toMatchObject({ kind: "reconnect", message: expect.stringContaining("could not prove who it is") });
	});

	test("refused in words by a server that takes nobody without encryption", async () => {
		const answer = await identify(form({ tls: "off" }));
		expect(answer).toMatchObject({ kind: "reconnect", message: expect.stringContaining("another encryption") });
	});

	test("a password that is wrong is told as that, not as an encryption", async () => {
		const answer = await identify(form({ ca: testAuthority, password: "wrong" }));
		expect(answer).toMatchObject({ kind: "reconnect", message: expect.stringContaining("user and password") });
	});
});

describe("a pasted connection address", () => {
	test("CON-2: connects, with a password that has signs of an address in it, and the stricter encryption counts", async () => {
		const address = `postgresql://writer:p@ss/w#rd@localhost:${cluster.port}/postgres?sslmode=require`;
		expect(await identify({ address, tls: "verify-full", ca: onOneLine })).toMatchObject({ kind: "ok" });
		expect(await identify({ address, tls: "verify-full" })).toMatchObject({ kind: "reconnect" });
		expect(await identify({ address, tls: "require" })).toMatchObject({ kind: "ok" });
	});

	test("ACC-2: its password is in no name of the account", async () => {
		const address = `postgres://writer:p%40ss%2Fw%23rd@localhost:${cluster.port}/postgres`;
		const answer = await identify({ address, ca: testAuthority });
		expect(answer).toMatchObject({ kind: "ok", value: { label: "writer at localhost/postgres" } });
		expect(JSON.stringify(answer)).not.toContain("ss/w");
	});
});

describe("SEC-2: somebody on the way", () => {
	test("who answers more than a yes before the encryption is not listened to (CVE-2021-23222)", async () => {
		const server = createServer((socket) => {
			socket.on("error", () => undefined).once("data", () => socket.write("SE\0\0\0\u0008injected"));
		});
		await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
		const address = server.address();
		const port = typeof address === "object" && address !== null ? String(address.port) : "";
		expect(await identify(form({ port, tls: "require" }))).toMatchObject({ kind: "reconnect" });
		server.close();
	});

	test("a server on the internet is never spoken to in plain text", async () => {
		const { promise: closed, resolve } = Promise.withResolvers<void>();
		const outside: GuardedDial = async (place) => {
			const dialled = await dial(place);
			if (dialled.kind !== "connected") return dialled;
			Object.defineProperty(dialled.socket, "remoteAddress", { value: "1.1.1.1" });
			dialled.socket.once("close", () => resolve());
			return dialled;
		};
		const answer = await identify(form({ tls: "off" }), outside);
		expect(answer).toMatchObject({ kind: "reconnect", message: expect.stringContaining("encrypted") });
		await closed;
	});
});
