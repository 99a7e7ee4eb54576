import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import type { Connector } from "../connector.ts";
import { createRegistry } from "../registry.ts";
import { testProviders } from "../test-providers.ts";
import { fileScope, googleEndpoints } from "./oauth.ts";
import { growSpreadsheet } from "./simulator/state.ts";
import { connectorAt, openConnector, redirectUri, sceneClient, sceneToken, typedTab } from "./test-scene.ts";

let opened: Awaited<ReturnType<typeof openConnector>>;
beforeEach(async () => {
	opened = await openConnector();
});
afterEach(() => opened.simulator.stop());

const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");
const state = "a state";

function oauth() {
	const manifest = opened.connector.manifest.oauth;
	if (manifest === undefined) throw new Error("There is no way to consent.");
	return manifest;
}

/** What the consent page's form sends; `decision` and the boxes are the person's. */
async function consent(answer: Record<string, string>): Promise<URL> {
	const { authorizationEndpoint, scopes, authorizationParameters } = oauth();
	const asked = {
		client_id: sceneClient.clientId,
		redirect_uri: redirectUri,
		response_type: "code",
		scope: scopes.join(" "),
		state,
		code_challenge: challenge,
		code_challenge_method: "S256",
		...authorizationParameters,
	};
	const page = await fetch(`${authorizationEndpoint}?${new URLSearchParams(asked).toString()}`);
	expect(await page.text()).toContain('value="allow">Allow</button>');
	const account = opened.simulator.world.oauth.accounts[0]?.sub ?? "";
	const body = new URLSearchParams({ ...asked, account, ...answer });
	const reply = await fetch(authorizationEndpoint, { method: "POST", body, redirect: "manual" });
	expect(reply.status).toBe(302);
	return new URL(reply.headers.get("location") ?? "");
}

type Tokens = { access_token: string; refresh_token?: string; scope: string; id_token?: string; error?: string };

async function token(form: Record<string, string>): Promise<Tokens> {
	const body = new URLSearchParams({
		client_id: sceneClient.clientId,
		client_secret: sceneClient.clientSecret,
		...form,
	});
	return (await (await fetch(oauth().tokenEndpoint, { method: "POST", body })).json()) as Tokens;
}

const redeem = (back: URL) =>
	token({
		grant_type: "authorization_code",
		code: back.searchParams.get("code") ?? "",
		redirect_uri: redirectUri,
		code_verifier: verifier,
	});

describe("ACC-1: Google's consent", () => {
	test("leads to an account with what is needed; a refresh keeps its refresh token", async () => {
		const back = await consent({ decision: "allow", granted: fileScope });
		expect(back.searchParams.get("state")).toBe(state);
		const tokens = await redeem(back);
		expect(tokens.id_token?.split(".")).toHaveLength(3);
		expect(tokens.scope).toBe(`${fileScope} openid https://www.googleapis.com/auth/userinfo.email`);
		expect(await opened.connector.identify(opened.call(tokens.access_token))).toEqual({
			kind: "ok",
			value: { accountId: "100000000000000000001", label: "ada@example.com", scopes: [fileScope], missingScopes: [] },
		});
		const refreshed = await token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token ?? "" });
		expect(refreshed.refresh_token).toBeUndefined();
		expect(await opened.connector.identify(opened.call(refreshed.access_token))).toMatchObject({ kind: "ok" });
	});

	test("a box that was left empty is a scope that is missing", async () => {
		const tokens = await redeem(await consent({ decision: "allow" }));
		const identity = await opened.connector.identify(opened.call(tokens.access_token));
		expect(identity).toMatchObject({ kind: "ok", value: { scopes: [], missingScopes: [fileScope] } });
		const target = { containerId: "1sceneFile", tableId: "7", matchKey: ["Key"], columns: [] };
		const pushed = await opened.connector.push(opened.call(tokens.access_token), target, []);
		expect(pushed).toMatchObject({ kind: "reconnect", reason: "delivery/permission-lost" });
	});

	test("a spreadsheet that is not Sheaf's is reached where the operator asked for all, and only there", async () => {
		const all = connectorAt(opened.simulator.url, "all");
		const { world } = opened.simulator;
		world.files.set("1theirs", growSpreadsheet({ id: "1theirs", title: "Theirs", handed: false, sheets: [typedTab] }));
		world.oauth.plant("for-all", all.manifest.oauth?.scopes ?? []);
		const containers = async (connector: Connector, token: string) => {
			const found = await connector.discover(opened.call(token));
			return found.kind === "ok" ? found.value.map(({ container }) => container.name) : found;
		};
		expect(await containers(opened.connector, sceneToken)).toEqual(["Scene"]);
		expect(await containers(all, "for-all")).toEqual(["Scene", "Theirs"]);
		const required = all.manifest.requiredScopes;
		expect(await all.identify(opened.call("for-all"))).toMatchObject({
			value: { scopes: required, missingScopes: [] },
		});
		for (const one of required) {
			world.oauth.plant("in-part", ["openid", "email", one]);
			expect(await all.identify(opened.call("in-part"))).toMatchObject({ value: { missingScopes: required } });
		}
	});

	test("no is an answer, a code works once, and what was revoked opens nothing", async () => {
		expect((await consent({ decision: "deny" })).searchParams.get("error")).toBe("access_denied");
		const back = await consent({ decision: "allow", granted: fileScope });
		const tokens = await redeem(back);
		expect(await redeem(back)).toMatchObject({ error: "invalid_grant" });
		const body = new URLSearchParams({ token: tokens.refresh_token ?? "" });
		expect((await fetch(oauth().revocationEndpoint ?? "", { method: "POST", body })).status).toBe(200);
		expect(await opened.connector.identify(opened.call(tokens.access_token))).toMatchObject({ kind: "reconnect" });
		const after = await token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token ?? "" });
		expect(after).toMatchObject({ error: "invalid_grant" });
	});
});

describe("CON-4: where Google is", () => {
	test("officially on several hosts, where it is stood in for on one", () => {
		expect(googleEndpoints("https://accounts.google.com")).toEqual({
			authorize: "https://accounts.google.com/o/oauth2/v2/auth",
			token: "https://oauth2.googleapis.com/token",
			revoke: "https://oauth2.googleapis.com/revoke",
			userInfo: "https://openidconnect.googleapis.com/v1/userinfo",
		});
		expect(googleEndpoints("http://127.0.0.1:9").token).toBe("http://127.0.0.1:9/token");
	});

	test("without a client of the operator's it is not offered at all", () => {
		const providers = testProviders({ googleSheets: opened.simulator.url });
		expect(createRegistry({ ...providers, practice: null }).has("google-sheets")).toBe(false);
		const googleSheets = { ...providers.googleSheets, client: sceneClient };
		const connector = createRegistry({ ...providers, googleSheets, practice: null }).get("google-sheets");
		expect(connector?.manifest).toMatchObject({ id: "google-sheets", ways: ["oauth"], form: [] });
	});
});
