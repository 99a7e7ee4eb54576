import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { Refusal } from "./failure.ts";
import { type GuardedJson, NoAnswer } from "./guarded-fetch.ts";

/** As much of GitHub's REST API as a sign-in asks. */
export type GithubApi = {
	readUser(token: string): Promise<GithubUser>;
	/** Primary and verified; null when there is none, or the token may not ask. */
	readEmail(token: string): Promise<string | null>;
	/** Whether a token was made for our own app, which only the app's secret can ask. @throws Refusal when it was not */
	checkToken(token: string): Promise<{ expiresAt: number | null }>;
	/** Takes all access of the token's person back. False: GitHub no longer knows the token. */
	deleteGrant(token: string): Promise<boolean>;
};

export type GithubApp = { clientId: string; clientSecret: string; apiUrl: string };

const User = Type.Object({
	/** The key: logins are renamed, and used again by others. */
	id: Type.Integer({ minimum: 1 }),
	login: Type.String({ maxLength: 100 }),
	name: Type.Optional(Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()])),
});
export type GithubUser = Static<typeof User>;

const Emails = Type.Array(Type.Object({ email: Type.String(), primary: Type.Boolean(), verified: Type.Boolean() }));

const CheckedToken = Type.Object({
	app: Type.Object({ client_id: Type.String() }),
	expires_at: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

/** Without a name of the caller GitHub answers 403. */
const headers = { accept: "application/vnd.github+json", "user-agent": "Sheaf", "x-github-api-version": "2022-11-28" };

export function githubApi({ clientId, clientSecret, apiUrl }: GithubApp, ask: GuardedJson): GithubApi {
	const own = { ...headers, authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` };
	const bearer = (token: string) => ({ ...headers, authorization: `Bearer ${token}` });
	const app = `${apiUrl}/applications/${encodeURIComponent(clientId)}`;
	return {
		readUser: async (token) => {
			const { status, body } = await ask({ method: "GET", url: `${apiUrl}/user`, headers: bearer(token) });
			return shaped(User, body, { status, what: "user" });
		},
		readEmail: async (token) => {
			const { status, body } = await ask({ method: "GET", url: `${apiUrl}/user/emails`, headers: bearer(token) });
			// The person's answer to "may it see my addresses" is no reason to turn them away.
			if (status === 403 || status === 404) return null;
			const emails = shaped(Emails, body, { status, what: "emails" });
			return emails.find(({ primary, verified }) => primary && verified)?.email ?? null;
		},
		checkToken: async (token) => {
			const json = { access_token: token };
			const { status, body } = await ask({ method: "POST", url: `${app}/token`, headers: own, json });
			const checked = shaped(CheckedToken, body, { status, what: "token check" });
			if (checked.app.client_id !== clientId) throw new Refusal("token check: app");
			return { expiresAt: checked.expires_at ? Date.parse(checked.expires_at) : null };
		},
		deleteGrant: async (token) => {
			const json = { access_token: token };
			const { status } = await ask({ method: "DELETE", url: `${app}/grant`, headers: own, json });
			return status === 204;
		},
	};
}

/** 429, and 403 with its other meaning "too many requests", pass; so does trouble of GitHub's own. */
function shaped<Schema extends TSchema>(
	schema: Schema,
	body: unknown,
	{ status, what }: { status: number; what: string },
): Static<Schema> {
	if (status === 403 || status === 429 || status >= 500) throw new NoAnswer(`${what}: status ${status}`);
	if (status !== 200) throw new Refusal(`${what}: status ${status}`);
	if (!Value.Check(schema, body)) throw new Refusal(`${what}: form`);
	return body;
}
