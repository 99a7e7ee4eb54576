import { createHash, randomBytes } from "node:crypto";
import { type Static, Type } from "@sinclair/typebox";
import type { Tokens } from "../tokens.ts";

/** An integration as registered in Airtable's builder hub. With a secret, it has to prove itself by Basic; without, it may not. */
export const OAuthClient = Type.Object({
	clientId: Type.String({ minLength: 1 }),
	clientSecret: Type.Optional(Type.String({ minLength: 1 })),
	redirectUris: Type.Array(Type.String(), { minItems: 1 }),
	/** What it may ask for; everything the simulator knows when left out. */
	scopes: Type.Optional(Type.Array(Type.String())),
});
export type OAuthClient = Static<typeof OAuthClient>;

/** Somebody who is signed in at Airtable and can be chosen on the consent page. */
export const OAuthAccount = Type.Object({ userId: Type.String(), email: Type.String() });
export type OAuthAccount = Static<typeof OAuthAccount>;

/** Lives as documented; tests shorten them. */
export const OAuthSettings = Type.Object({
	accessSeconds: Type.Number(),
	refreshSeconds: Type.Number(),
	/** How long a refresh takes: another with the same token in the meantime is a conflict. */
	refreshMs: Type.Number(),
	/** How long after a refresh the token it used up is answered as a conflict, and as unknown after. */
	justRefreshedMs: Type.Number(),
});
export type OAuthSettings = Static<typeof OAuthSettings>;

export const knownScopes = [
	"data.records:read",
	"data.records:write",
	"data.recordComments:read",
	"data.recordComments:write",
	"schema.bases:read",
	"schema.bases:write",
	"webhook:manage",
	"block:manage",
	"user.email:read",
];

/** What a person agreed to on the consent page. */
export type Consent = {
	clientId: string;
	account: OAuthAccount;
	scopes: string[];
	/** The bases that were ticked. */
	bases: string[];
};

type Code = Consent & { redirectUri: string; challenge: string; expiresAt: number };

/** One standing permission; it has one pair of tokens at any time. */
type Grant = Consent & { accessToken: string; refreshToken: string; refreshExpiresAt: number; refreshing: boolean };

export type TokenPair = { accessToken: string; refreshToken: string; scopes: string[] };

const codeMs = 10 * 60_000;

/** Who was registered, what was agreed to and which tokens stand for it. Kept in memory only. */
export class AuthorizationServer {
	settings: OAuthSettings = { accessSeconds: 3_600, refreshSeconds: 5_184_000, refreshMs: 20, justRefreshedMs: 2_000 };
	/** The first one is chosen unless a person chooses another. */
	readonly accounts: OAuthAccount[] = [{ userId: "usrSimulator00000", email: "ada@example.com" }];
	readonly #tokens: Tokens;
	readonly #clients = new Map<string, OAuthClient>();
	readonly #codes = new Map<string, Code>();
	readonly #usedUp = new Map<string, number>();
	#grants: Grant[] = [];

	constructor(tokens: Tokens) {
		this.#tokens = tokens;
	}

	register(client: OAuthClient): void {
		this.#clients.set(client.clientId, client);
	}

	client(clientId: string): OAuthClient | null {
		return this.#clients.get(clientId) ?? null;
	}

	makeCode(consent: Consent, proof: { redirectUri: string; challenge: string }): string {
		const code = secret();
		this.#codes.set(code, { ...consent, ...proof, expiresAt: Date.now() + codeMs });
		return code;
	}

	/** Tokens for a code, or null. A code is gone after the first attempt, whether that was right or not. */
	redeem(code: string, proof: { clientId: string; redirectUri: string; verifier: string }): TokenPair | null {
		const known = this.#codes.get(code);
		this.#codes.delete(code);
		if (known === undefined || known.expiresAt < Date.now()) return null;
		const challenge = createHash("sha256").update(proof.verifier).digest("base64url");
		const isOurs = known.clientId === proof.clientId && known.redirectUri === proof.redirectUri;
		if (!isOurs || known.challenge !== challenge) return null;
		const { clientId, account, scopes, bases } = known;
		const grant = { clientId, account, scopes, bases, ...noTokens, refreshing: false };
		this.#grants.push(grant);
		return this.#issue(grant);
	}

	/** Begins a refresh; `rotate` of the answer ends it. */
	refresh(refreshToken: string, clientId: string): { rotate: () => TokenPair | null } | "conflict" | "invalid" {
		if ((this.#usedUp.get(refreshToken) ?? 0) > Date.now()) return "conflict";
		const grant = this.#grants.find((one) => one.refreshToken === refreshToken && one.clientId === clientId);
		if (grant === undefined || grant.refreshExpiresAt < Date.now()) return "invalid";
		if (grant.refreshing) return "conflict";
		grant.refreshing = true;
		return {
			rotate: () => {
				grant.refreshing = false;
				return this.#grants.includes(grant) ? this.#issue(grant) : null;
			},
		};
	}

	/** As an hour that has passed: access tokens are refused, refresh tokens still work. */
	expireAccess(): void {
		for (const grant of this.#grants) this.#tokens.revoke(grant.accessToken);
	}

	/** As a person who removes the integration from their account; all of them when nobody is named. */
	revokeGrants(email?: string): void {
		const gone = this.#grants.filter((grant) => email === undefined || grant.account.email === email);
		for (const grant of gone) this.#tokens.revoke(grant.accessToken);
		this.#grants = this.#grants.filter((grant) => !gone.includes(grant));
	}

	/** A new pair; the old access token and the old refresh token are dead from this moment. */
	#issue(grant: Grant): TokenPair {
		this.#tokens.revoke(grant.accessToken);
		if (grant.refreshToken !== "") this.#usedUp.set(grant.refreshToken, Date.now() + this.settings.justRefreshedMs);
		grant.accessToken = secret();
		grant.refreshToken = secret();
		grant.refreshExpiresAt = Date.now() + this.settings.refreshSeconds * 1_000;
		const { account, scopes, bases, accessToken, refreshToken } = grant;
		const expiresAt = Date.now() + this.settings.accessSeconds * 1_000;
		this.#tokens.add({ token: accessToken, ...account, scopes, bases, expiresAt });
		return { accessToken, refreshToken, scopes };
	}
}

const noTokens = { accessToken: "", refreshToken: "", refreshExpiresAt: 0 };

/** Opaque on purpose: nothing about a token may be read from its text. */
function secret(): string {
	return randomBytes(32).toString("base64url");
}
