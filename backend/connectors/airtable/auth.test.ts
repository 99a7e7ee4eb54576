import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createAirtableConnector } from "./index.ts";
import { openConnector, type TestConnector } from "./test-connector.ts";

let bench: TestConnector;
beforeEach(async () => {
	bench = await openConnector();
});
afterEach(() => bench.scene.stop());

const identify = (token?: string) => bench.connector.identify(bench.call(token));
const scopes = ["data.records:read", "data.records:write", "schema.bases:read"];

describe("J3: whose token this is", () => {
	test("the account, its e-mail where the token tells it, and its scopes", async () => {
		expect(await identify()).toEqual({
			kind: "ok",
			value: { accountId: "usrScene000000000", label: "usrScene000000000", scopes, missingScopes: [] },
		});
		const told = [...scopes, "user.email:read"];
		bench.scene.control.addToken({ token: "patMail", userId: "usrMail", email: "ada@example.com", scopes: told });
		expect(await identify(" patMail\n")).toEqual({
			kind: "ok",
			value: { accountId: "usrMail", label: "ada@example.com", scopes: told, missingScopes: [] },
		});
	});

	test("missing scopes are named", async () => {
		bench.scene.control.addToken({ token: "patRead", scopes: ["data.records:read"] });
		expect(await identify("patRead")).toMatchObject({
			kind: "ok",
			value: { missingScopes: ["data.records:write", "schema.bases:read"] },
		});
	});

	test("where Airtable leaves the scopes out, listing the bases tells the one that can be told", async () => {
		bench.scene.control.addToken({ token: "patShy", tellsScopes: false });
		expect(await identify("patShy")).toMatchObject({
			kind: "ok",
			value: { scopes: ["schema.bases:read"], missingScopes: [] },
		});
		bench.scene.control.addToken({ token: "patShyAndBlind", tellsScopes: false, scopes: ["data.records:write"] });
		expect(await identify("patShyAndBlind")).toMatchObject({
			kind: "ok",
			value: { scopes: [], missingScopes: ["schema.bases:read"] },
		});
	});

	test("a wrong token is to be replaced, and the sentence says so", async () => {
		expect(await identify("patWrong")).toEqual({
			kind: "reconnect",
			reason: "connections/credential-refused",
			message:
				"Airtable does not accept this access token. Check that it was copied whole and not deleted, or make a new one.",
		});
	});

	test("a token that cannot be sent is refused without a request", async () => {
		expect(await identify("")).toMatchObject({ kind: "reconnect" });
		expect(await identify("two words")).toMatchObject({ kind: "reconnect" });
		expect(bench.scene.control.counters().requests).toBe(0);
	});

	test("trouble that passes is told as such", async () => {
		bench.scene.control.plan({ effect: { kind: "status", status: 429 } });
		expect(await identify()).toMatchObject({ kind: "later", afterMs: 30_000, reason: "connections/provider-busy" });
		bench.scene.control.plan({ effect: { kind: "html_502" } });
		expect(await identify()).toMatchObject({ kind: "later", reason: "connections/provider-unreachable" });
		bench.scene.control.plan({ effect: { kind: "status", status: 200, body: { nothing: "known" } } });
		expect(await identify()).toMatchObject({ kind: "later", reason: "connections/provider-unreachable" });
	});
});

describe("ACC-1: connecting by consent", () => {
	test("is offered first where a client is set, with PKCE, the client's secret by Basic and all scopes it uses", () => {
		const { ways, oauth, requiredScopes } = bench.connector.manifest;
		expect(ways).toEqual(["oauth", "token"]);
		expect(oauth).toMatchObject({
			authorizationEndpoint: `${bench.scene.url}/oauth2/v1/authorize`,
			tokenEndpoint: `${bench.scene.url}/oauth2/v1/token`,
			revocationEndpoint: null,
			clientAuthentication: "basic",
			requestFormat: "form",
			pkce: true,
			assumedExpiresIn: 3_600,
		});
		expect(oauth?.scopes).toEqual([...requiredScopes, "schema.bases:write", "webhook:manage", "user.email:read"]);
	});

	test("without a client only a pasted token is asked for", () => {
		const { ways, oauth } = createAirtableConnector({
			id: "airtable",
			title: "Airtable",
			summary: "Rows in Airtable.",
			apiUrl: bench.scene.url,
			siteUrl: "https://airtable.com",
			contentUrl: bench.scene.url,
			auth: { kind: "account", oauthUrl: bench.scene.url, client: null },
		}).manifest;
		expect([ways, oauth]).toEqual([["token"], undefined]);
	});
});
