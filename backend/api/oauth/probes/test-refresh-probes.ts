import { decodeJwt } from "jose";
import {
	ask,
	clientId,
	json,
	makeDeviceKey,
	makePerson,
	makeProof,
	type TestPerson,
	type Tokens,
} from "../../testing/test-person.ts";
import { apiAnswer, clientAnswer, type Probe, type ProbeGroup, together } from "./test-probe.ts";

const refreshFields = async (person: TestPerson) => ({
	grant_type: "refresh_token",
	refresh_token: (await person.tokens()).refresh_token,
});
const workspaceOf = async (person: TestPerson) => String(decodeJwt((await person.tokens()).access_token)["workspace"]);

const probes: readonly Probe[] = [
	{
		name: "stolen refresh token",
		tries: "a copied token is used with a key of the thief's own; its owner is to be signed out by that",
		promised: "400 invalid_grant; the owner goes on: 200 tokens",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const fields = await refreshFields(person);
			const foreign = await makeProof(await makeDeviceKey(), `${backend.url}/oauth/token`);
			const thief = await clientAnswer(await person.token(fields, foreign));
			return `${thief}; the owner goes on: ${await clientAnswer(await person.token(fields))}`;
		},
	},
	{
		name: "refresh token of another client",
		tries: "the command line's client refreshes what the extension was given",
		promised: "400 invalid_grant",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			return await clientAnswer(await person.token({ ...(await refreshFields(person)), client_id: "sheaf-cli" }));
		},
	},
	{
		name: "guessed refresh token",
		tries: "tokens of the right form, and of none; an access token and a code in its place",
		promised: "400 invalid_grant",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const { access_token: access } = await person.tokens();
			const guesses = ["x".repeat(43), "' or 1=1 --", access];
			const answers = guesses.map(async (guess) => {
				return await clientAnswer(await person.token({ grant_type: "refresh_token", refresh_token: guess }));
			});
			return together(await Promise.all(answers));
		},
	},
	{
		name: "refresh after sign-out",
		tries: "a token that was revoked, by its owner or by whoever found it",
		promised: "400 invalid_grant; writing 401 auth/session-revoked",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const tokens = await person.tokens();
			const body = new URLSearchParams({ client_id: clientId, token: tokens.refresh_token });
			await fetch(`${backend.url}/oauth/revoke`, { method: "POST", body });
			const refresh = await person.token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
			const write = await ask(`${backend.url}/api/v1/writes/batch`, tokens.access_token, { method: "POST" });
			return `${await clientAnswer(refresh)}; writing ${await apiAnswer(write)}`;
		},
	},
	{
		name: "refresh token that slept",
		tries: "a token out of an old backup: unused for 30 days, or 90 days old",
		promised: "400 invalid_grant",
		attack: async ({ own }) => {
			const backend = await own();
			const person = await makePerson(backend.url);
			const fields = await refreshFields(person);
			backend.passTime(31 * 86_400);
			const iat = Math.floor(Date.now() / 1_000) + 31 * 86_400;
			const proof = await makeProof(person.key, `${backend.url}/oauth/token`, { claims: { iat } });
			return await clientAnswer(await person.token(fields, proof));
		},
	},
	{
		name: "refresh into a foreign workspace",
		tries: "a token for the workspace of somebody else, or of nobody",
		promised: "400 invalid_target",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const fields = await refreshFields(person);
			const foreign = await workspaceOf(await makePerson(backend.url));
			const answers = [foreign, crypto.randomUUID()].map(async (id) => {
				return await clientAnswer(await person.token({ ...fields, workspace_id: id }));
			});
			return together(await Promise.all(answers));
		},
	},
	{
		name: "refresh with a wider scope",
		tries: "scope, role, audience and subject are asked for as if they were the client's to choose",
		promised: "owner of their own workspace, for this backend",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const own = await workspaceOf(person);
			const fields = await refreshFields(person);
			const foreign = await workspaceOf(await makePerson(backend.url));
			const wishes = { scope: "admin", role: "owner", workspace: foreign, audience: "https://other.example", sub: "x" };
			const tokens = await json<Tokens>(await person.token({ ...fields, ...wishes }));
			const { role, workspace, aud } = decodeJwt(tokens.access_token);
			const place = workspace === own ? "their own workspace" : "another workspace";
			return `${String(role)} of ${place}, ${aud === backend.url ? "for this backend" : String(aud)}`;
		},
	},
	{
		name: "revocation by a stranger",
		tries: "somebody ends sessions by guessing; or learns from the answer which token exists",
		promised: "200; the owner goes on: 200 tokens",
		attack: async ({ backend }) => {
			const person = await makePerson(backend.url);
			const fields = await refreshFields(person);
			const revoke = async (token: string, client: string) => {
				const body = new URLSearchParams({ client_id: client, token });
				return await apiAnswer(await fetch(`${backend.url}/oauth/revoke`, { method: "POST", body }));
			};
			const answers = [await revoke("x".repeat(43), clientId), await revoke(fields.refresh_token, "sheaf-cli")];
			return `${together(answers)}; the owner goes on: ${await clientAnswer(await person.token(fields))}`;
		},
	},
];

export const refreshProbes: ProbeGroup = { title: "Refresh tokens", requirement: "ID-3", probes };
