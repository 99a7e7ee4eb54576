import { createHash, randomBytes } from "node:crypto";
import { type Static, Type } from "@sinclair/typebox";
import type { SimulatedReply } from "../../simulator-server.ts";

/** A client of the kind "Web application": it has a secret and exact redirects. */
export const OAuthClient = Type.Object({
	clientId: Type.String({ minLength: 1 }),
	clientSecret: Type.String({ minLength: 1 }),
	redirectUris: Type.Array(Type.String(), { minItems: 1 }),
});
export type OAuthClient = Static<typeof OAuthClient>;

/** Somebody who can be chosen on the consent page. */
export const Account = Type.Object({ sub: Type.String(), email: Type.String() });
export type Account = Static<typeof Account>;

/** What an access token opens. */
export type Access = { account: Account; scopes: readonly string[]; expiresAt: number };

export const fileScope = "https://www.googleapis.com/auth/drive.file";

/** Signed-in scopes come back in their long form, and cannot be left out on the consent page. */
const longForm: Readonly<Record<string, string>> = {
	openid: "openid",
	email: "https://www.googleapis.com/auth/userinfo.email",
	profile: "https://www.googleapis.com/auth/userinfo.profile",
};
export const sheetsScope = "https://www.googleapis.com/auth/spreadsheets";
export const listScope = "https://www.googleapis.com/auth/drive.metadata.readonly";
const optionalScopes = [fileScope, sheetsScope, listScope];

type Consent = {
	client: OAuthClient;
	account: Account;
	scopes: readonly string[];
	offline: boolean;
	nonce: string | null;
};
type Code = Consent & { redirectUri: string; challenge: string | null; expiresAt: number };
type Grant = Consent & { refreshToken: string };

const codeMs = 10 * 60_000;
const accessSeconds = 3_599;

/** Google's authorization server: who was registered, what was agreed to, which tokens stand for it. In memory only. */
export class AuthorizationServer {
	readonly issuer: () => string;
	/** The first one is chosen unless a person chooses another. */
	readonly accounts: Account[] = [{ sub: "100000000000000000001", email: "ada@example.com" }];
	readonly #clients = new Map<string, OAuthClient>();
	readonly #codes = new Map<string, Code>();
	readonly #access = new Map<string, Access & { grant: Grant | null }>();
	#grants: Grant[] = [];

	constructor(issuer: () => string) {
		this.issuer = issuer;
	}

	register(client: OAuthClient): void {
		this.#clients.set(client.clientId, client);
	}

	client(clientId: string | null): OAuthClient | null {
		return this.#clients.get(clientId ?? "") ?? null;
	}

	/** A token as a test plants it. */
	plant(token: string, scopes: readonly string[]): void {
		const account = this.accounts[0] ?? { sub: "1", email: "ada@example.com" };
		this.#access.set(token, { account, scopes, expiresAt: Number.POSITIVE_INFINITY, grant: null });
	}

	access(token: string): Access | null {
		const access = this.#access.get(token);
		return access !== undefined && access.expiresAt > Date.now() ? access : null;
	}

	makeCode(consent: Consent, proof: { redirectUri: string; challenge: string | null }): string {
		const code = `4/${secret()}`;
		this.#codes.set(code, { ...consent, ...proof, expiresAt: Date.now() + codeMs });
		return code;
	}

	/** A code is gone after the first attempt, whether that was right or not. */
	redeem(form: URLSearchParams, client: OAuthClient): SimulatedReply {
		const code = this.#codes.get(form.get("code") ?? "");
		this.#codes.delete(form.get("code") ?? "");
		if (code === undefined || code.expiresAt < Date.now() || code.client !== client) {
			return oauthError(400, "invalid_grant", "Malformed auth code.");
		}
		if (code.redirectUri !== form.get("redirect_uri")) return oauthError(400, "redirect_uri_mismatch", "Bad Request");
		const verifier = form.get("code_verifier") ?? "";
		if (code.challenge !== null && createHash("sha256").update(verifier).digest("base64url") !== code.challenge) {
			return oauthError(400, "invalid_grant", "Invalid code verifier.");
		}
		const grant = { ...code, refreshToken: code.offline ? `1//${secret()}` : "" };
		this.#grants.push(grant);
		const refresh = grant.refreshToken === "" ? {} : { refresh_token: grant.refreshToken };
		return ok({ ...this.#issue(grant), ...refresh });
	}

	/** The refresh token stays what it is; no new one comes with the answer. */
	refresh(form: URLSearchParams, client: OAuthClient): SimulatedReply {
		const token = form.get("refresh_token") ?? "";
		const grant = token === "" ? undefined : this.#grants.find((one) => one.refreshToken === token);
		if (grant === undefined || grant.client !== client) {
			return oauthError(400, "invalid_grant", "Token has been expired or revoked.");
		}
		return ok(this.#issue(grant));
	}

	/** Either token ends everything this account agreed to for the client. */
	revoke(token: string): SimulatedReply {
		const grant = this.#access.get(token)?.grant ?? this.#grants.find((one) => one.refreshToken === token);
		if (grant === undefined || grant === null) {
			if (this.#access.delete(token)) return ok({});
			return oauthError(400, "invalid_token", "Token expired or revoked");
		}
		this.#end((one) => one.client === grant.client && one.account === grant.account);
		return ok({});
	}

	/** As an hour that has passed: access tokens are refused, refresh tokens still work. */
	expireAccess(): void {
		for (const [token, { grant }] of this.#access) if (grant !== null) this.#access.delete(token);
	}

	/** As a person who takes the access back in their account; everybody when nobody is named. */
	revokeGrants(email?: string): void {
		this.#end(({ account }) => email === undefined || account.email === email);
	}

	/** A planted token that Google forgets. */
	forget(token: string): void {
		this.#access.delete(token);
	}

	#end(isMeant: (grant: Grant) => boolean): void {
		const gone = this.#grants.filter(isMeant);
		this.#grants = this.#grants.filter((grant) => !gone.includes(grant));
		for (const [token, { grant }] of this.#access)
			if (grant !== null && gone.includes(grant)) this.#access.delete(token);
	}

	#issue(grant: Grant): Record<string, unknown> {
		const token = `ya29.${secret()}`;
		const { account, scopes, client, nonce } = grant;
		this.#access.set(token, { account, scopes, expiresAt: Date.now() + accessSeconds * 1_000, grant });
		const now = Math.floor(Date.now() / 1_000);
		const claims = { iss: this.issuer(), aud: client.clientId, azp: client.clientId, ...account, email_verified: true };
		const idToken = { ...claims, iat: now, exp: now + 3_600, ...(nonce === null ? {} : { nonce }) };
		return {
			access_token: token,
			expires_in: accessSeconds,
			scope: scopes.join(" "),
			token_type: "Bearer",
			...(scopes.includes("openid") ? { id_token: unsigned(idToken) } : {}),
		};
	}
}

/** Nobody here checks its signature: it comes over the same connection as the token it stands beside. */
function unsigned(claims: unknown): string {
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
	return `${part({ alg: "RS256", kid: "simulator", typ: "JWT" })}.${part(claims)}.${Buffer.from("simulator").toString("base64url")}`;
}

function secret(): string {
	return randomBytes(32).toString("base64url");
}

function ok(body: unknown): SimulatedReply {
	return { status: 200, body, headers: { "cache-control": "no-store" } };
}

export function oauthError(status: number, error: string, error_description: string): SimulatedReply {
	return { status, body: { error, error_description } };
}

/** The scopes as they are granted: those of sign-in in their long form, and of the others what was ticked. */
export function grantedScopes(asked: readonly string[], ticked: readonly string[]): string[] {
	return asked.flatMap((scope) => {
		const long = longForm[scope];
		if (long !== undefined) return [long];
		return ticked.includes(scope) ? [scope] : [];
	});
}

export function isKnownScope(scope: string): boolean {
	return scope in longForm || optionalScopes.includes(scope);
}

export function isOptional(scope: string): boolean {
	return optionalScopes.includes(scope);
}
