import { createHash, randomBytes } from "node:crypto";
import { type Static, Type } from "@sinclair/typebox";
import type { SimulatedReply } from "../../simulator-server.ts";

/** A security profile of Login with Amazon: it has a secret and exact return addresses. */
export const OAuthClient = Type.Object({
	clientId: Type.String({ minLength: 1 }),
	clientSecret: Type.String({ minLength: 1 }),
	redirectUris: Type.Array(Type.String(), { minItems: 1 }),
});
export type OAuthClient = Static<typeof OAuthClient>;

export type Account = { userId: string; email: string; name: string };
type Grant = { account: Account; scopes: readonly string[]; client: OAuthClient | null };
type Code = Grant & { redirectUri: string; challenge: { value: string; method: string } | null; expiresAt: number };
/** What an access token opens. */
export type Access = Grant & { expiresAt: number };

export const knownScopes = ["profile", "advertising::campaign_management", "advertising::dsp_campaigns"];

const codeMs = 5 * 60_000;
const accessSeconds = 3_600;

/** Login with Amazon: who was registered, what was agreed to, which tokens stand for it. */
export class LoginServer {
	/** The first one is chosen unless a person chooses another. */
	readonly accounts: Account[] = [{ userId: "amzn1.account.ADA", email: "ada@example.com", name: "Ada Lovelace" }];
	readonly #now: () => number;
	readonly #clients = new Map<string, OAuthClient>();
	readonly #codes = new Map<string, Code>();
	readonly #access = new Map<string, Access>();
	/** A new refresh token comes with every answer, and the old one is not said to end. */
	readonly #refresh = new Map<string, Grant>();

	constructor(now: () => number) {
		this.#now = now;
	}

	register(client: OAuthClient): void {
		this.#clients.set(client.clientId, client);
	}

	client(clientId: string | null): OAuthClient | null {
		return this.#clients.get(clientId ?? "") ?? null;
	}

	/** A token as a test plants it. */
	plant(token: string, scopes: readonly string[] = knownScopes): void {
		const [account] = this.accounts;
		if (account === undefined) throw new Error("Nobody has an account here.");
		this.#access.set(token, { account, scopes, client: null, expiresAt: Number.POSITIVE_INFINITY });
	}

	access(token: string): Access | null {
		const access = this.#access.get(token);
		return access !== undefined && access.expiresAt > this.#now() ? access : null;
	}

	makeCode(grant: Grant, proof: Pick<Code, "redirectUri" | "challenge">): string {
		const code = `AN${secret().slice(0, 18)}`;
		this.#codes.set(code, { ...grant, ...proof, expiresAt: this.#now() + codeMs });
		return code;
	}

	/** A code is gone after the first attempt, whether that was right or not. */
	redeem(form: URLSearchParams, client: OAuthClient): SimulatedReply {
		const code = this.#codes.get(form.get("code") ?? "");
		this.#codes.delete(form.get("code") ?? "");
		if (code === undefined || code.expiresAt < this.#now() || code.client !== client) return invalidGrant;
		if (code.redirectUri !== form.get("redirect_uri")) return invalidGrant;
		return answersChallenge(code.challenge, form.get("code_verifier")) ? this.#issue(code) : invalidGrant;
	}

	refresh(form: URLSearchParams, client: OAuthClient): SimulatedReply {
		const grant = this.#refresh.get(form.get("refresh_token") ?? "");
		return grant === undefined || grant.client !== client ? invalidGrant : this.#issue(grant);
	}

	/** As an hour that has passed: access tokens are refused, refresh tokens still work. */
	expireAccess(): void {
		for (const [token, { client }] of this.#access) if (client !== null) this.#access.delete(token);
	}

	/** As a person who removes the app from their account. */
	revokeGrants(): void {
		this.expireAccess();
		this.#refresh.clear();
	}

	/** A planted token that Amazon forgets. */
	forget(token: string): void {
		this.#access.delete(token);
	}

	#issue({ account, scopes, client }: Grant): SimulatedReply {
		const [token, refreshToken] = [`Atza|${secret()}`, `Atzr|${secret()}`];
		this.#access.set(token, { account, scopes, client, expiresAt: this.#now() + accessSeconds * 1_000 });
		this.#refresh.set(refreshToken, { account, scopes, client });
		const body = {
			access_token: token,
			token_type: "bearer",
			expires_in: accessSeconds,
			refresh_token: refreshToken,
		};
		return { status: 200, body, headers: { "cache-control": "no-store" } };
	}
}

/** Without a method a challenge is the verifier itself. */
function answersChallenge(challenge: Code["challenge"], verifier: string | null): boolean {
	if (challenge === null) return true;
	if (challenge.method !== "S256") return challenge.value === verifier;
	return (
		createHash("sha256")
			.update(verifier ?? "")
			.digest("base64url") === challenge.value
	);
}

const invalidGrant = loginError(400, "invalid_grant", "The request has an invalid grant parameter");

export function loginError(status: number, error: string, error_description: string): SimulatedReply {
	return { status, body: { error, error_description, request_id: crypto.randomUUID() } };
}

function secret(): string {
	return randomBytes(32).toString("base64url");
}
