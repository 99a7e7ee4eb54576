import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { properties, textOf } from "../json-values.ts";
import { asker, openScene, type Scene } from "../test-scene.ts";

let scene: Scene;
beforeEach(async () => {
	scene = await openScene();
	scene.control.registerClient({ clientId: "sheaf", clientSecret: "s3cret", redirectUris: [redirect] });
	scene.control.registerClient({ clientId: "public", redirectUris: [redirect] });
});
afterEach(() => scene.stop());

const redirect = "https://sheaf.example/connections/callback";
const verifier = "v".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");
const basic = `Basic ${Buffer.from("sheaf:s3cret").toString("base64")}`;
const asked = {
	client_id: "sheaf",
	redirect_uri: redirect,
	response_type: "code",
	scope: "data.records:read schema.bases:read",
	state: "state-of-16-char",
	code_challenge: challenge,
	code_challenge_method: "S256",
};

const open = (change: Record<string, string> = {}) =>
	fetch(`${scene.url}/oauth2/v1/authorize?${new URLSearchParams({ ...asked, ...change }).toString()}`, {
		redirect: "manual",
	});

async function decide(decision: string, more: Record<string, string> = {}): Promise<URL> {
	const body = new URLSearchParams({ ...asked, account: "usrSimulator00000", ...more, decision });
	const reply = await fetch(`${scene.url}/oauth2/v1/authorize`, { method: "POST", body, redirect: "manual" });
	return new URL(reply.headers.get("location") ?? "");
}

async function token(form: Record<string, string>, authorization: string | null = basic) {
	const reply = await fetch(`${scene.url}/oauth2/v1/token`, {
		method: "POST",
		headers: authorization === null ? {} : { authorization },
		body: new URLSearchParams(form),
	});
	return { status: reply.status, json: properties(await reply.json()) };
}

const redeem = (code: string) => ({
	grant_type: "authorization_code",
	code,
	redirect_uri: redirect,
	code_verifier: verifier,
});
const refresh = (pair: Record<string, unknown>) =>
	token({ grant_type: "refresh_token", refresh_token: textOf(pair.refresh_token) });
const whoAmI = (pair: Record<string, unknown>) => asker(scene.url, textOf(pair.access_token))("GET", "/v0/meta/whoami");

async function connect(more: Record<string, string> = { base: "appEverything0000" }): Promise<Record<string, unknown>> {
	const code = (await decide("allow", more)).searchParams.get("code") ?? "";
	return (await token(redeem(code))).json;
}

describe("ACC-1: the consent page", () => {
	test("names the scopes, the account and the bases, and has two buttons", async () => {
		const html = await (await open()).text();
		for (const part of ["data.records:read", "ada@example.com", "Everything", ">Allow<", ">Deny<"]) {
			expect(html).toContain(part);
		}
	});

	test.each([{ client_id: "stranger" }, { redirect_uri: `${redirect}/` }])("%j redirects nowhere", async (change) => {
		const reply = await open(change);
		expect([reply.status, reply.headers.get("location")]).toEqual([400, null]);
	});

	const refused: [change: Record<string, string>, error: string][] = [
		[{ state: "too-short" }, "invalid_request"],
		[{ state: "sixteen~character" }, "invalid_request"],
		[{ state: "s".repeat(1_025) }, "invalid_request"],
		[{ code_challenge: "" }, "invalid_request"],
		[{ code_challenge_method: "plain" }, "invalid_request"],
		[{ response_type: "token" }, "unsupported_response_type"],
		[{ scope: "" }, "invalid_scope"],
		[{ scope: "data.records:read data.records:read" }, "invalid_scope"],
		[{ scope: "everything" }, "invalid_scope"],
	];
	test.each(refused)("%j goes back as %s", async (change, error) => {
		const location = new URL((await open(change)).headers.get("location") ?? "");
		expect(location.searchParams.get("error")).toBe(error);
	});

	test("a refusal goes back with the state, an agreement with a code and the challenge too", async () => {
		const denied = await decide("deny");
		expect(Object.fromEntries(denied.searchParams)).toMatchObject({ error: "access_denied", state: asked.state });
		const allowed = await decide("allow");
		expect(Object.fromEntries(allowed.searchParams)).toEqual({
			code: expect.any(String),
			state: asked.state,
			code_challenge: challenge,
			code_challenge_method: "S256",
		});
	});
});

describe("ACC-1: tokens for a code", () => {
	test("open what was agreed to and nothing else", async () => {
		scene.control.addBase({ id: "appNotTicked00000", name: "Not ticked", tables: [] });
		const pair = await connect();
		expect(pair).toMatchObject({ token_type: "Bearer", scope: asked.scope, expires_in: 3_600 });
		expect(await whoAmI(pair)).toMatchObject({ json: { id: "usrSimulator00000", scopes: asked.scope.split(" ") } });
		const bases = await asker(scene.url, textOf(pair.access_token))("GET", "/v0/meta/bases");
		expect(bases.json).toEqual({ bases: [expect.objectContaining({ id: "appEverything0000" })] });
	});

	const wrong: [
		change: Record<string, string>,
		authorization: string | null,
		refusal: [status: number, error: string],
	][] = [
		[{}, null, [401, "invalid_client"]],
		[{ client_id: "sheaf" }, null, [401, "invalid_client"]],
		[{}, `Basic ${Buffer.from("sheaf:wrong").toString("base64")}`, [401, "invalid_client"]],
		[{}, `Basic ${Buffer.from("public:").toString("base64")}`, [401, "invalid_client"]],
		[{ client_id: "public" }, null, [400, "invalid_grant"]],
		[{ redirect_uri: "https://elsewhere.example/" }, basic, [400, "invalid_grant"]],
		[{ code_verifier: "w".repeat(43) }, basic, [400, "invalid_grant"]],
	];
	test.each(wrong)("%j with %p fails and uses the code up", async (change, authorization, [status, error]) => {
		const code = (await decide("allow")).searchParams.get("code") ?? "";
		const failed = await token({ ...redeem(code), ...change }, authorization);
		expect(failed).toMatchObject({ status, json: { error } });
		expect(await token(redeem(code))).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
	});

	test("a client without a secret names itself in the body", async () => {
		const code = (await decide("allow", { client_id: "public" })).searchParams.get("code") ?? "";
		expect((await token({ ...redeem(code), client_id: "public" }, null)).status).toBe(200);
	});

	test("only a form is taken, and only the two kinds of grant", async () => {
		const reply = await fetch(`${scene.url}/oauth2/v1/token`, {
			method: "POST",
			headers: { authorization: basic, "content-type": "application/json" },
			body: JSON.stringify(redeem("code")),
		});
		expect(reply.status).toBe(400);
		expect(await token({ grant_type: "password" })).toMatchObject({ json: { error: "unsupported_grant_type" } });
	});
});

describe("ACC-3: refreshing", () => {
	test("kills the old pair at once", async () => {
		const old = await connect();
		const next = await refresh(old);
		expect(next.status).toBe(200);
		expect((await whoAmI(old)).status).toBe(401);
		expect((await whoAmI(next.json)).status).toBe(200);
		expect((await refresh(old)).status).toBe(409);
		scene.control.setOAuth({ justRefreshedMs: 0 });
		await refresh(next.json);
		expect(await refresh(next.json)).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
	});

	test("of one token twice at a time is a conflict for one of them", async () => {
		const pair = await connect();
		const answers = await Promise.all([refresh(pair), refresh(pair)]);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
	});

	test("works after the access token's hour, and not after the grant was taken back", async () => {
		const pair = await connect();
		scene.control.expireAccessTokens();
		expect((await whoAmI(pair)).status).toBe(401);
		const next = (await refresh(pair)).json;
		scene.control.revokeGrants("somebody-else@example.com");
		expect((await whoAmI(next)).status).toBe(200);
		scene.control.revokeGrants("ada@example.com");
		expect((await whoAmI(next)).status).toBe(401);
		expect(await refresh(next)).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
	});

	test("tokens end when their time is over", async () => {
		scene.control.setOAuth({ accessSeconds: 0, refreshSeconds: -1 });
		const pair = await connect();
		expect((await whoAmI(pair)).status).toBe(401);
		expect((await refresh(pair)).status).toBe(400);
	});

	test("a fault can strike here too", async () => {
		const pair = await connect();
		scene.control.plan({ path: "/oauth2/v1/token", effect: { kind: "status", status: 503 } });
		expect((await refresh(pair)).status).toBe(503);
		expect((await refresh(pair)).status).toBe(200);
	});
});
