import {
	decodeJwt,
	decodeProtectedHeader,
	exportSPKI,
	generateKeyPair,
	importJWK,
	type JWK,
	type JWTHeaderParameters,
	type JWTPayload,
	SignJWT,
} from "jose";
import type { TestBackend } from "../../testing/test-backend.ts";
import { expired, signAnew, type TokenChanges } from "../../testing/test-forgery.ts";
import { ask, json, makePerson, type Tokens } from "../../testing/test-person.ts";
import { apiAnswer, type Probe, type ProbeGroup, together, type World, withCode } from "./test-probe.ts";

/** A good token and what it is made of. */
type Good = { backend: TestBackend; token: string; claims: JWTPayload; header: JWTHeaderParameters };
type Forge = (good: Good) => Promise<string> | string;

async function goodToken({ backend }: World): Promise<Good> {
	const { access_token: token } = await (await makePerson(backend.url)).tokens();
	return { backend, token, claims: decodeJwt(token), header: { ...decodeProtectedHeader(token), alg: "ES256" } };
}

const read = async ({ backend }: Good, token: string) => apiAnswer(await ask(`${backend.url}/api/v1/users/me`, token));

function forged(name: string, tries: string, several: readonly Forge[]): Probe {
	const attack = async (world: World) => {
		const good = await goodToken(world);
		const unchanged = await read(good, await byUs({})(good));
		if (unchanged !== "200") throw new Error(`What is not changed is refused too: ${unchanged}`);
		return together(await Promise.all(several.map(async (forge) => await read(good, await forge(good)))));
	};
	return { name, tries, promised: "401 auth/token-invalid", attack };
}

/** What is wrong is what was changed, and nothing else. */
const byUs =
	(changes: TokenChanges): Forge =>
	({ backend, token }) =>
		signAnew(backend, token, changes);

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const unsigned =
	(alg: string): Forge =>
	({ header, claims }) =>
		`${part({ ...header, alg })}.${part(claims)}.`;

const publicKeyAsSecret: Forge = async ({ backend, header, claims }) => {
	const { keys } = await json<{ keys: [Record<string, string>] }>(await fetch(`${backend.url}/oauth/jwks`));
	const publicKey = await importJWK(keys[0], "ES256", { extractable: true });
	if (publicKey instanceof Uint8Array) throw new TypeError("The published key is symmetric.");
	const secret = new TextEncoder().encode(await exportSPKI(publicKey));
	return await new SignJWT(claims).setProtectedHeader({ ...header, alg: "HS256" }).sign(secret);
};

/** By a key of the attacker's, which the header may bring along or point to. */
const byAttacker =
	(brought: (publicKey: JWK) => Record<string, unknown>): Forge =>
	async ({ header, claims }) => {
		const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
		const jwk = await crypto.subtle.exportKey("jwk", publicKey);
		return await new SignJWT(claims).setProtectedHeader({ ...header, ...brought({ ...jwk }) }).sign(privateKey);
	};

const withRole: Forge = ({ token, claims }) => {
	const [header, , signature] = token.split(".");
	return `${header}.${part({ ...claims, role: "owner", workspace: crypto.randomUUID() })}.${signature}`;
};

const kid = (id: string) => byUs({ header: { kid: id } });

const forgeries: readonly Probe[] = [
	forged("token without a signature", "alg none, in any case, and no signature at all", [
		unsigned("none"),
		unsigned("None"),
		unsigned("ES256"),
	]),
	forged("public key as a shared secret", "HS256 with what we publish ourselves", [publicKeyAsSecret]),
	forged("foreign key under our key's id", "a token that says it was signed by us", [byAttacker(() => ({}))]),
	forged("key that the token brings along", "the header's own key, or an address to fetch one from, is believed", [
		byAttacker((jwk) => ({ jwk })),
		byAttacker(() => ({ jku: "https://attacker.example/jwks" })),
		byAttacker(() => ({ x5u: "https://attacker.example/cert" })),
	]),
	forged("unknown key id", "a key that was retired, or never was", [
		kid("unknown"),
		byUs({ header: { kid: undefined } }),
	]),
	forged("key id that is a path or a query", "the id is used to open a file or to ask the database", [
		kid("../../../../dev/null"),
		kid("/etc/passwd"),
		kid("' union select 'AA' --"),
		kid("__proto__"),
		kid("\u0000"),
	]),
	forged("token of another type", "another signed token of ours is shown as an access token", [
		byUs({ header: { typ: "JWT" } }),
		byUs({ header: { typ: "dpop+jwt" } }),
		byUs({ header: { typ: undefined } }),
	]),
	forged("token for another audience", "a token that another server was given", [
		byUs({ claims: { aud: "https://attacker.example" } }),
		byUs({ claims: { aud: undefined } }),
		byUs({ claims: { aud: [] } }),
	]),
	forged("token of another issuer", "a server of the attacker's with the same keys' ids", [
		byUs({ claims: { iss: "https://attacker.example" } }),
		byUs({ claims: { iss: undefined } }),
	]),
	forged("token without an end, or from the future", "a token that never runs out", [
		byUs({ claims: { exp: undefined } }),
		byUs({ claims: { exp: "never" } }),
		byUs({ claims: { nbf: 9_999_999_999 } }),
	]),
	forged("token that names nobody", "claims that are missing read as somebody", [
		byUs({ claims: { sub: undefined } }),
		byUs({ claims: { session: undefined } }),
		byUs({ claims: { workspace: undefined } }),
		byUs({ claims: { role: "superuser" } }),
	]),
	forged("claims changed under the signature", "another role and workspace in an otherwise good token", [withRole]),
	forged("extension nobody knows", "a header that changes the rules and has to be understood (crit)", [
		byUs({ header: { crit: ["exp-is-a-wish"], "exp-is-a-wish": true } }),
	]),
	{
		name: "another session's workspace or person",
		tries: "a token that was made for one person and workspace, and names others",
		promised: "401 auth/session-revoked",
		attack: async (world) => {
			const [good, other] = [await goodToken(world), await goodToken(world)];
			const { sub, workspace } = other.claims;
			const swapped = [{ sub }, { workspace }].map(async (claims) => await read(good, await byUs({ claims })(good)));
			return together(await Promise.all(swapped));
		},
	},
	{
		name: "expired token",
		tries: "a token out of a log",
		promised: "401 auth/token-expired",
		attack: async (world) => {
			const good = await goodToken(world);
			return await read(good, await expired(good.backend, good.token));
		},
	},
	{
		name: "other tokens as a bearer token",
		tries: "a refresh token, a code and a proof are shown where an access token is wanted",
		promised: "401 auth/token-invalid",
		attack: async (world) => {
			const { person, fields } = await withCode(world.backend.url);
			const { refresh_token: refresh = "" } = await json<Tokens>(await person.token(fields));
			const good = await goodToken(world);
			return together(await Promise.all([refresh, fields["code"] ?? ""].map((token) => read(good, token))));
		},
	},
	{
		name: "token in another place",
		tries: "in the address, a cookie, a form or under another scheme, where it would be logged or sent along by itself",
		promised: "401 auth/token-missing",
		attack: async (world) => {
			const { token } = await goodToken(world);
			const me = `${world.backend.url}/api/v1/users/me`;
			const answers = await Promise.all([
				fetch(me),
				fetch(`${me}?access_token=${token}`),
				fetch(me, { headers: { authorization: `DPoP ${token}` } }),
				fetch(me, { headers: { authorization: `Bearer ${token} ${token}` } }),
				fetch(me, { headers: { authorization: "Bearer" } }),
				fetch(me, { headers: { cookie: `sheaf_session=${token}; access_token=${token}` } }),
				fetch(me, { method: "POST", body: new URLSearchParams({ access_token: token }) }),
			]);
			return together(await Promise.all(answers.map(apiAnswer)));
		},
	},
	{
		name: "role in the token",
		tries: "whoever was made a viewer goes on with a token that says owner",
		promised: "403 auth/forbidden",
		attack: async (world) => {
			const { backend, token, claims } = await goodToken(world);
			await backend.testDatabase.database.asIdentity(
				(sql) => sql`
					update sheaf.workspace_members set role = 'viewer' where workspace_id = ${String(claims["workspace"])}`,
			);
			const body = JSON.stringify({ operations: [] });
			const init = { method: "POST", body, headers: { "content-type": "application/json" } };
			return await apiAnswer(await ask(`${backend.url}/api/v1/writes/batch`, token, init));
		},
	},
	{
		name: "token of a removed member",
		tries: "whoever was taken out of a workspace goes on for as long as the token lasts",
		promised: "401 auth/session-revoked",
		attack: async (world) => {
			const { backend, token, claims } = await goodToken(world);
			await backend.testDatabase.database.asIdentity(
				(sql) => sql`
					delete from sheaf.workspace_members
					where workspace_id = ${String(claims["workspace"])} and user_id = ${claims.sub ?? null}`,
			);
			return await apiAnswer(await ask(`${backend.url}/api/v1/writes/batch`, token, { method: "POST" }));
		},
	},
];

export const bearerProbes: ProbeGroup = { title: "Access tokens", requirement: "ID-3", probes: forgeries };
