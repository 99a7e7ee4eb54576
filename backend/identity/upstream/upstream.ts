import type { GuardedFetch, GuardedJson } from "./guarded-fetch.ts";

/** What an upstream asks the outside through, and its clock (milliseconds since the epoch). */
export type UpstreamDeps = { fetch: GuardedFetch; ask: GuardedJson; now: () => number };

/** What an upstream vouches for. Who it is, is `provider` and `subject` alone: addresses change hands. */
export type UpstreamIdentity = {
	/** The way in's id: `google`, `github`, `microsoft`, `oidc`, `clerk`. */
	provider: string;
	/** The provider's own, lasting id of the person; at most 255 characters. */
	subject: string;
	/** Lower case; null when none was told. */
	email: string | null;
	/** Whether this provider is to be believed about this address (Google only for its own and for hosted domains). */
	emailVerified: boolean;
	firstName: string;
	lastName: string;
	/** What tells two of one provider apart in a list: an address or a login. */
	label: string;
	/** A token that can later take Sheaf's access back at the provider; null when there is none worth keeping. */
	grant: UpstreamGrant | null;
};

/** Sealed by the vault before it is stored. `expiresAt` in milliseconds since the epoch; null: until it is revoked. */
export type UpstreamGrant = { token: string; expiresAt: number | null };

/** What only the browser that began a flow can know; derived from its cookie's token. */
export type FlowSecrets = { state: string; nonce: string; codeVerifier: string };

/** Why an upstream gave nobody. `cancelled` is quiet; the others are told to the person. */
export type UpstreamFailure = "cancelled" | "refused" | "unavailable";

/**
 * One way in through somebody else: one file each in this folder, and every one passes `conformance.ts`. It keeps no state,
 * sees no request and no database, and asks the upstream through `fetch` only.
 */
export type Upstream = {
	id: string;
	/** As a button says it: "Continue with <title>". */
	title: string;
	/**
	 * The address to send the browser to: `select_account`, PKCE S256, state and nonce. May ask the upstream's discovery.
	 *
	 * @throws SheafError `auth/upstream-unavailable`
	 */
	authorizationUrl(flow: { redirectUri: string; secrets: FlowSecrets }): Promise<string>;
	/** Redeems the callback's code and reads who it is. Every check of RFC 9700 and OpenID Connect Core §3.1.3.7 is in here. */
	identify(flow: { callback: URL; redirectUri: string; secrets: FlowSecrets }): Promise<UpstreamResult>;
	/** Native exchange (ID-4): a token that a client got by itself. Only where the provider has a safe way to check whom it is for. */
	identifyToken?(token: string): Promise<UpstreamResult>;
	/** Takes Sheaf's access back. "by_hand": there is no call for it, or the token is gone. */
	revoke(grant: UpstreamGrant): Promise<"revoked" | "expires" | "by_hand">;
	/** Where a person takes access back by hand. */
	grantsUrl: string | null;
};

export type UpstreamResult =
	| { kind: "identified"; identity: UpstreamIdentity }
	/** `reason` is for the log: a code, and nothing that the upstream wrote. */
	| { kind: UpstreamFailure; reason: string };
