import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { createRegistry } from "../registry.ts";
import { testProviders } from "../test-providers.ts";
import { amazonEndpoints } from "./oauth.ts";
import { agencyId, openScene, redirectUri, sceneClient, shop, shopId } from "./test-scene.ts";

let scene: Awaited<ReturnType<typeof openScene>>;
beforeEach(async () => {
	scene = await openScene();
});
afterEach(() => scene.simulator.stop());

const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");

function oauth() {
	const manifest = scene.connector.manifest.oauth;
	if (manifest === undefined) throw new Error("There is no way to consent.");
	return manifest;
}

/** What the consent page's form sends. */
async function consent(decision: "allow" | "deny"): Promise<URL> {
	const { authorizationEndpoint, scopes } = oauth();
	const asked = {
		client_id: sceneClient.clientId,
		redirect_uri: redirectUri,
		response_type: "code",
		scope: scopes.join(" "),
		state: "a state",
		code_challenge: challenge,
		code_challenge_method: "S256",
	};
	const page = await fetch(`${authorizationEndpoint}?${new URLSearchParams(asked).toString()}`);
	expect(await page.text()).toContain('value="allow">Allow</button>');
	const account = scene.simulator.world.login.accounts[0]?.userId ?? "";
	const body = new URLSearchParams({ ...asked, account, decision });
	const reply = await fetch(authorizationEndpoint, { method: "POST", body, redirect: "manual" });
	return new URL(reply.headers.get("location") ?? "");
}

type Tokens = { access_token: string; refresh_token: string; error?: string };

async function token(form: Record<string, string>): Promise<Tokens> {
	const credentials = { client_id: sceneClient.clientId, client_secret: sceneClient.clientSecret };
	const body = new URLSearchParams({ ...credentials, ...form });
	return (await (await fetch(oauth().tokenEndpoint, { method: "POST", body })).json()) as Tokens;
}

const redeem = (back: URL, codeVerifier = verifier) =>
	token({
		grant_type: "authorization_code",
		code: back.searchParams.get("code") ?? "",
		redirect_uri: redirectUri,
		code_verifier: codeVerifier,
	});

describe("ACC-1: Amazon's consent", () => {
	test("leads to a login with its name; a refresh brings another access", async () => {
		const back = await consent("allow");
		expect(back.searchParams.get("state")).toBe("a state");
		const tokens = await redeem(back);
		expect(await scene.connector.identify(scene.call(tokens.access_token))).toMatchObject({
			kind: "ok",
			value: { accountId: "amzn1.account.ADA", label: "ada@example.com", missingScopes: [] },
		});
		const refreshed = await token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
		expect(refreshed.access_token).not.toBe(tokens.access_token);
		expect(await scene.connector.identify(scene.call(refreshed.access_token))).toMatchObject({ kind: "ok" });
	});

	test("no is an answer; a code works once, with its verifier, and not after five minutes", async () => {
		expect((await consent("deny")).searchParams.get("error")).toBe("access_denied");
		const back = await consent("allow");
		expect(await redeem(back, "another verifier")).toMatchObject({ error: "invalid_grant" });
		expect(await redeem(back)).toMatchObject({ error: "invalid_grant" });
		const late = await consent("allow");
		scene.simulator.world.now = () => Date.now() + 301_000;
		expect(await redeem(late)).toMatchObject({ error: "invalid_grant" });
	});

	test("ACC-3: an hour later the access is refused and renewed; removed at Amazon, it is neither", async () => {
		const tokens = await redeem(await consent("allow"));
		scene.simulator.world.now = () => Date.now() + 3_601_000;
		const refused = await scene.connector.identify(scene.call(tokens.access_token));
		expect(refused).toMatchObject({ kind: "reconnect", reason: "connections/credential-refused" });
		scene.simulator.world.login.revokeGrants();
		const after = await token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
		expect(after).toMatchObject({ error: "invalid_grant" });
	});
});

describe("ACC-1: the accounts of a login", () => {
	test("are found in all regions, told apart, and their long numbers keep their digits", async () => {
		expect(await scene.connector.source?.profiles?.(scene.call())).toEqual({
			kind: "ok",
			value: [
				{ id: shopId, name: "Lamp shop", detail: "North America · US · USD · seller · 9007199254740993123" },
				{ id: "eu:3201", name: "Lampen GmbH", detail: "Europe · DE · EUR · vendor · 3201" },
				{ id: agencyId, name: "DE 3202", detail: "Europe · DE · EUR · agency · 3202" },
			],
		});
	});

	test("the only one is chosen by itself; with several, or a region that is away, none is", async () => {
		const alone = await openScene([shop]);
		const profile = { id: shopId, name: "Lamp shop" };
		expect(await alone.connector.identify(alone.call())).toMatchObject({ value: { profile } });
		alone.simulator.world.away.add("eu");
		expect(await alone.connector.identify(alone.call())).not.toMatchObject({ value: { profile } });
		await alone.simulator.stop();
		expect(await scene.connector.identify(scene.call())).not.toHaveProperty("value.profile");
	});

	test("a region the server is not approved for has none; one that is away is told instead of hiding some", async () => {
		const { world } = scene.simulator;
		world.approved.delete("na");
		expect(await scene.connector.source?.profiles?.(scene.call())).toMatchObject({
			value: [{ id: "eu:3201" }, { id: agencyId }],
		});
		world.away.add("fe");
		expect(await scene.connector.source?.profiles?.(scene.call())).toMatchObject({ kind: "later" });
	});

	test("a server that Amazon approved nowhere is told so, and nobody is asked to reconnect", async () => {
		scene.simulator.world.approved.clear();
		const refused = { kind: "refused", reason: "connections/not-approved" };
		expect(await scene.connector.identify(scene.call())).toMatchObject(refused);
		expect(await scene.connector.source?.profiles?.(scene.call())).toMatchObject(refused);
	});
});

describe("CON-4: where Amazon is", () => {
	test("the consent page's region decides where tokens are; what stands in for it has both on one address", () => {
		expect(amazonEndpoints("https://www.amazon.com")).toEqual({
			authorize: "https://www.amazon.com/ap/oa",
			token: "https://api.amazon.com/auth/o2/token",
			userInfo: "https://api.amazon.com/user/profile",
		});
		expect(amazonEndpoints("https://eu.account.amazon.com").token).toBe("https://api.amazon.co.uk/auth/o2/token");
		expect(amazonEndpoints("http://127.0.0.1:9").token).toBe("http://127.0.0.1:9/auth/o2/token");
	});

	test("without a client of the operator's it is not offered; with one it is, to be read only", async () => {
		const providers = testProviders();
		expect(createRegistry({ ...providers, practice: null }).has("amazon-ads")).toBe(false);
		const amazonAds = { ...providers.amazonAds, client: sceneClient };
		const connector = createRegistry({ ...providers, amazonAds, practice: null }).get("amazon-ads");
		expect(connector?.manifest).toMatchObject({ ways: ["oauth"], form: [], onlySource: true });
		const target = { containerId: "", tableId: "", matchKey: [], columns: [] };
		expect(await connector?.push(scene.call(), target, [])).toMatchObject({ kind: "mend_target" });
		expect(connector?.coerce({ type: "text", value: "x" }, sampleColumn)).toMatchObject({ ok: false });
	});
});

const sampleColumn = {
	id: "name",
	name: "Name",
	type: "text" as const,
	providerType: "text",
	writable: false,
	matchable: false,
};
