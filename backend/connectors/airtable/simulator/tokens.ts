import { type Static, Type } from "@sinclair/typebox";
import { type Base, makeId, PermissionLevel } from "./state.ts";

/** An access token, pasted or got by consent: whose it is, what it may do and which bases its owner granted. */
export const TokenSeed = Type.Object({
	token: Type.String(),
	userId: Type.Optional(Type.String()),
	email: Type.Optional(Type.String()),
	/** All three that Sheaf needs unless said otherwise. */
	scopes: Type.Optional(Type.Array(Type.String())),
	/** Granted base ids; every base when left out. */
	bases: Type.Optional(Type.Array(Type.String())),
	/** Overrides the base's own level for this token's user. */
	permissionLevel: Type.Optional(PermissionLevel),
	/** Whether `whoami` names the scopes; documented for OAuth tokens only. */
	tellsScopes: Type.Optional(Type.Boolean()),
	/** Milliseconds since the epoch; a personal access token has no end. */
	expiresAt: Type.Optional(Type.Number()),
});
export type TokenSeed = Static<typeof TokenSeed>;

export type Token = Omit<TokenSeed, "userId" | "scopes"> & { userId: string; scopes: string[] };

export const usualScopes = ["data.records:read", "data.records:write", "schema.bases:read"];

export class Tokens {
	readonly #tokens = new Map<string, Token>();

	add(seed: TokenSeed): Token {
		const token = { ...seed, userId: seed.userId ?? makeId("usr"), scopes: seed.scopes ?? usualScopes };
		this.#tokens.set(seed.token, token);
		return token;
	}

	revoke(token: string): void {
		this.#tokens.delete(token);
	}

	find(token: string): Token | null {
		const known = this.#tokens.get(token);
		return known === undefined || (known.expiresAt ?? Infinity) <= Date.now() ? null : known;
	}
}

/** What this token's user may do in this base; `none` when the base was not granted. */
export function levelOf(token: Token, base: Base): PermissionLevel {
	const granted = token.bases === undefined || token.bases.includes(base.id);
	return granted ? (token.permissionLevel ?? base.permissionLevel) : "none";
}
