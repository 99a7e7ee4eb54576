import {
	allowInsecureRequests,
	authorizationCodeGrant,
	buildAuthorizationUrl,
	ClientSecretPost,
	Configuration,
	calculatePKCECodeChallenge,
	customFetch,
} from "openid-client";
import type { IdentityEnv } from "../../env-identity.ts";
import { normalEmail } from "../people.ts";
import { orFailure } from "./failure.ts";
import { type GithubApi, githubApi } from "./github-api.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import { namesIn } from "./person-claims.ts";
import type { Upstream, UpstreamDeps, UpstreamGrant, UpstreamIdentity } from "./upstream.ts";

type Github = NonNullable<IdentityEnv["github"]>;

const scope = "read:user user:email";

/** GitHub, by OAuth: it has no ID tokens, so who it is comes from its API. Also for a GitHub Enterprise Server. */
export function createGithub(github: Github, { fetch, ask, now }: UpstreamDeps): Upstream {
	const config = configured(github, fetch);
	const api = githubApi(github, ask);
	return {
		id: "github",
		title: "GitHub",
		grantsUrl: `${github.url}/settings/connections/applications/${github.clientId}`,
		authorizationUrl: async ({ redirectUri, secrets }) =>
			buildAuthorizationUrl(config, {
				redirect_uri: redirectUri,
				scope,
				state: secrets.state,
				code_challenge: await calculatePKCECodeChallenge(secrets.codeVerifier),
				code_challenge_method: "S256",
				prompt: "select_account",
			}).href,
		identify: ({ callback, redirectUri, secrets }) =>
			orFailure(async () => {
				const answer = new URL(redirectUri);
				answer.search = callback.search;
				const checks = { expectedState: secrets.state, pkceCodeVerifier: secrets.codeVerifier };
				const { access_token: token, expires_in: seconds } = await authorizationCodeGrant(config, answer, checks);
				const expiresAt = seconds === undefined ? null : now() + seconds * 1_000;
				return { kind: "identified", identity: await readIdentity(api, { token, expiresAt }) };
			}),
		identifyToken: (token) =>
			orFailure(async () => {
				const { expiresAt } = await api.checkToken(token);
				return { kind: "identified", identity: await readIdentity(api, { token, expiresAt }) };
			}),
		revoke: async ({ token }) => {
			const deleted = await api.deleteGrant(token).catch(() => false);
			return deleted ? "revoked" : "by_hand";
		},
	};
}

/** The issuer is what GitHub puts into a callback's `iss`, and openid-client compares it with that. */
function configured({ url, clientId, clientSecret }: Github, fetch: GuardedFetch): Configuration {
	const server = {
		issuer: `${url}/login/oauth`,
		authorization_endpoint: `${url}/login/oauth/authorize`,
		token_endpoint: `${url}/login/oauth/access_token`,
	};
	const config = new Configuration(server, clientId, {}, ClientSecretPost(clientSecret));
	config[customFetch] = withQuirks(fetch);
	if (url.startsWith("http:")) allowInsecureRequests(config);
	return config;
}

/** GitHub answers a failure with 200 (and an app that it does not know with 404), and RFC 6749 §5.2 with 400. */
function withQuirks(fetch: GuardedFetch): GuardedFetch {
	return async (url, options) => {
		const headers = {
			...Object.fromEntries(new Headers(options.headers)),
			accept: "application/json",
			"user-agent": "Sheaf",
		};
		const response = await fetch(url, { ...options, headers });
		if (response.status === 404) return Response.json({ error: "incorrect_client_credentials" }, { status: 400 });
		const body: unknown = response.ok
			? await response
					.clone()
					.json()
					.catch(() => null)
			: null;
		const failed = typeof body === "object" && body !== null && "error" in body;
		return failed ? Response.json(body, { status: 400 }) : response;
	};
}

async function readIdentity(api: GithubApi, grant: UpstreamGrant): Promise<UpstreamIdentity> {
	const { id, login, name } = await api.readUser(grant.token);
	const email = normalEmail((await api.readEmail(grant.token)) ?? "");
	const person = { email, emailVerified: email !== null, ...namesIn(name ?? ""), label: login };
	return { provider: "github", subject: String(id), ...person, grant };
}
