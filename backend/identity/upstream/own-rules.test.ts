import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createGuardedHttp } from "../../connectors/http.ts";
import { randomToken } from "../opaque-tokens.ts";
import { flowSecrets } from "../upstream-flows.ts";
import { createGithub } from "./github.ts";
import { createGoogle } from "./google.ts";
import { type GuardedFetch, guardedFetch, guardedJson } from "./guarded-fetch.ts";
import { createMicrosoft } from "./microsoft.ts";
import { createOidc } from "./oidc.ts";
import { TestGithub } from "./test-github.ts";
import { TestIssuer } from "./test-issuer.ts";
import type { StandInServer } from "./test-stand-in.ts";
import type { Upstream, UpstreamDeps } from "./upstream.ts";

// What each way in has of its own; what all have to do is in `conformance.ts`.

const client = { clientId: "sheaf", clientSecret: "secret", redirectUri: "http://localhost:8787/oauth/callback/way" };
const { redirectUri } = client;
const now = Date.now;

function depsFor(server: StandInServer): UpstreamDeps {
	const http = createGuardedHttp({ allowedOrigins: [server.url] });
	return { fetch: guardedFetch(http), ask: guardedJson(http), now };
}

/** Somebody goes through an upstream, and says yes there. */
async function goThrough(upstream: Upstream, at: TestIssuer | TestGithub, account: string) {
	const secrets = flowSecrets(randomToken());
	const callback = at.consent.decide(await upstream.authorizationUrl({ redirectUri, secrets }), account);
	return await upstream.identify({ callback, redirectUri, secrets });
}

describe("Google", () => {
	const official = "https://accounts.google.com";
	let issuer: TestIssuer;
	beforeAll(async () => {
		issuer = await new TestIssuer({ client, named: () => official }).start();
		issuer.metadata = { jwks_uri: `${official}/keys` };
	});
	afterAll(() => issuer.server.close());
	/** The official address, answered by the stand-in. */
	const google = () => {
		const rerouted: GuardedFetch = (url, { method, headers }) =>
			fetch(url.replace(official, issuer.address), { method, headers });
		return createGoogle({ ...client, url: official }, { ...depsFor(issuer.server), fetch: rerouted });
	};
	const read = async (claims: Record<string, unknown>) => {
		issuer.accounts.set("ada", claims);
		return await google().identifyToken?.(await issuer.idToken("ada"));
	};

	test("ID-2: tokens may name the issuer without its scheme, and with no other", async () => {
		for (const iss of [official, "accounts.google.com"])
			expect(await read({ iss })).toMatchObject({ kind: "identified" });
		for (const iss of ["http://accounts.google.com", "https://accounts.google.com/", "google.com"]) {
			expect(await read({ iss })).toEqual({ kind: "refused", reason: "id token: iss" });
		}
	});

	const addresses: [Record<string, unknown>, boolean][] = [
		[{ email: "Ada@gmail.com", email_verified: true }, true],
		[{ email: "ada@works.example", email_verified: true, hd: "works.example" }, true],
		[{ email: "ada@works.example", email_verified: true }, false],
		[{ email: "ada@gmail.com", email_verified: "true" }, false],
		[{ email: "ada@works.example", email_verified: false, hd: "works.example" }, false],
		[{ email: "ada@gmail.com.attacker.example", email_verified: true }, false],
	];
	test("ID-2: it is believed about addresses of its own and of hosted domains only", async () => {
		for (const [claims, emailVerified] of addresses) {
			expect(await read(claims)).toMatchObject({
				identity: { email: String(claims.email).toLowerCase(), emailVerified },
			});
		}
	});

	test("ID-4: a token for another client is refused", async () => {
		expect(await read({ aud: "another" })).toEqual({ kind: "refused", reason: "id token: aud" });
	});
});

describe("Microsoft", () => {
	const [works, home] = ["72f988bf-86f1-41af-91ab-2d7cd011db47", "9188040d-6c67-4c5b-b112-36a304b66dad"];
	const issuerOf = (at: TestIssuer, tid: string) => `${at.server.url}/${tid}/v2.0`;

	/** Who comes in by a backend's `tenant`. `named`: what the metadata calls the issuer. */
	async function enter(tenant: string, claims: (at: TestIssuer) => Record<string, unknown>, keyIssuer?: string) {
		const named = (address: string) => (tenant === works ? address : address.replace(`/${tenant}/`, "/{tenantid}/"));
		const issuer = await new TestIssuer({ client, path: `/${tenant}/v2.0`, named }).start();
		if (keyIssuer !== undefined) issuer.keyParts = { issuer: issuerOf(issuer, keyIssuer) };
		issuer.accounts.set("ada", claims(issuer));
		const upstream = createMicrosoft({ ...client, url: issuer.server.url, tenant }, depsFor(issuer.server));
		const result = await goThrough(upstream, issuer, "ada");
		await issuer.server.close();
		return result.kind === "identified" ? result.kind : `${result.kind}: ${result.reason}`;
	}
	const from = (tid: string) => (at: TestIssuer) => ({ tid, iss: issuerOf(at, tid) });
	const refused = "refused: id token: iss";

	test("ID-2: everybody by `common`, one kind of account by each of the other words, and one directory by its id", async () => {
		expect(await enter("common", from(works))).toBe("identified");
		expect(await enter("common", from(home))).toBe("identified");
		expect(await enter("organizations", from(works))).toBe("identified");
		expect(await enter("organizations", from(home))).toBe(refused);
		expect(await enter("consumers", from(home))).toBe("identified");
		expect(await enter("consumers", from(works))).toBe(refused);
		expect(await enter(works, from(works))).toBe("identified");
		expect(await enter(works, from(home))).toBe(refused);
	});

	test("ID-2: the directory in the issuer's name is the one of the person, by its id", async () => {
		expect(await enter("common", (at) => ({ tid: works, iss: issuerOf(at, home) }))).toBe(refused);
		expect(await enter("common", (at) => ({ iss: issuerOf(at, works) }))).toBe(refused);
		expect(await enter("common", from("a/../b"))).toBe(refused);
	});

	test("ID-2: a key that is published for one directory signs for no other", async () => {
		expect(await enter("common", from(home), home)).toBe("identified");
		expect(await enter("common", from(works), home)).toBe(refused);
	});
});

describe("any issuer", () => {
	test("ID-2: metadata of another issuer, or without keys, is not used", async () => {
		const issuer = await new TestIssuer({ client }).start();
		const settings = { ...client, issuer: issuer.address, title: "Example Works" };
		const secrets = flowSecrets(randomToken());
		const wrong = [
			{ issuer: "https://attacker.example" },
			{ issuer: undefined },
			{ jwks_uri: undefined },
			{ authorization_endpoint: undefined },
			{ token_endpoint: "token" },
			{ userinfo_endpoint: "http:// " },
		];
		for (const metadata of wrong) {
			issuer.metadata = metadata;
			const upstream = createOidc(settings, depsFor(issuer.server));
			const address = upstream.authorizationUrl({ redirectUri, secrets });
			await expect(address).rejects.toMatchObject({ code: "auth/upstream-unavailable" });
		}
		await issuer.server.close();
	});

	test("SEC-2: endpoints inside the network are not asked because an issuer names them", async () => {
		const [issuer, inside] = [await new TestIssuer({ client }).start(), await new TestIssuer({ client }).start()];
		issuer.metadata = { token_endpoint: `${inside.address}/token` };
		issuer.accounts.set("ada", {});
		const upstream = createOidc({ ...client, issuer: issuer.address, title: "Example Works" }, depsFor(issuer.server));
		expect(await goThrough(upstream, issuer, "ada")).toMatchObject({ kind: "unavailable" });
		expect(inside.server.calls).toHaveLength(0);
		await Promise.all([issuer.server.close(), inside.server.close()]);
	});

	test("ID-2: UserInfo about somebody else is refused", async () => {
		const issuer = await new TestIssuer({ client }).start();
		issuer.accounts.set("ada", {});
		issuer.server.faults.set(issuer.path("/userinfo"), { json: { sub: "grace", email: "grace@example.test" } });
		const upstream = createOidc({ ...client, issuer: issuer.address, title: "Example Works" }, depsFor(issuer.server));
		expect(await goThrough(upstream, issuer, "ada")).toMatchObject({ kind: "refused" });
		await issuer.server.close();
	});
});

describe("GitHub", () => {
	let github: TestGithub;
	beforeAll(async () => {
		github = await new TestGithub(client).start();
		const emails = [{ email: "ada@example.test", primary: true, verified: true }];
		github.users.set("ada", { id: 7, login: "ada", name: null, emails });
	});
	afterAll(() => github.server.close());
	const way = (changes: Partial<typeof client> = {}) =>
		createGithub({ ...client, ...changes, url: github.url, apiUrl: github.url }, depsFor(github.server));

	test("ID-2: the key is the number, never the login; a name may be missing", async () => {
		const result = await goThrough(way(), github, "ada");
		const person = { subject: "7", label: "ada", email: "ada@example.test", emailVerified: true, firstName: "" };
		expect(result).toMatchObject({ kind: "identified", identity: person });
	});

	test("ID-2: whoever does not show their addresses comes in without one", async () => {
		for (const status of [403, 404]) {
			github.server.faults.set("/user/emails", { status, json: { message: "No." } });
			expect(await goThrough(way(), github, "ada")).toMatchObject({ identity: { email: null, emailVerified: false } });
		}
		github.server.faults.clear();
	});

	const troubles: [number, unknown, string][] = [
		[403, { message: "rate limit" }, "unavailable"],
		[500, {}, "unavailable"],
		[401, { message: "Bad credentials" }, "refused"],
		[200, { id: "seven", login: "ada" }, "refused"],
	];
	test("ID-2: trouble of its API is told from a refusal", async () => {
		for (const [status, json, kind] of troubles) {
			github.server.faults.set("/user", { status, json });
			expect(await goThrough(way(), github, "ada")).toMatchObject({ kind });
		}
		github.server.faults.clear();
	});

	test("ID-2: its failures come with 200, and an app that it does not know with 404", async () => {
		const wrongSecret = await goThrough(way({ clientSecret: "another" }), github, "ada");
		expect(wrongSecret).toEqual({ kind: "refused", reason: "token endpoint: incorrect_client_credentials" });
		github.server.faults.set("/login/oauth/access_token", { status: 404, text: "Not Found" });
		expect(await goThrough(way(), github, "ada")).toEqual(wrongSecret);
		github.server.faults.clear();
	});

	test("ID-4: a token of another app is refused, and asked for nothing else", async () => {
		const asked = github.server.calls.length;
		expect(await way().identifyToken?.(github.token("ada", "another-app"))).toMatchObject({ kind: "refused" });
		expect(github.server.calls).toHaveLength(asked + 1);
		expect(await way().identifyToken?.(github.token("ada"))).toMatchObject({ identity: { subject: "7" } });
	});
});
