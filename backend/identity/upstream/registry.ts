import type { GuardedHttp } from "../../connectors/connector.ts";
import type { WayIn } from "../../contract/ways-in.ts";
import type { IdentityEnv } from "../../env-identity.ts";
import { SheafError } from "../../errors.ts";
import { createClerk } from "./clerk.ts";
import { createGithub } from "./github.ts";
import { createGoogle } from "./google.ts";
import { guardedFetch, guardedJson } from "./guarded-fetch.ts";
import { createMicrosoft } from "./microsoft.ts";
import { createOidc } from "./oidc.ts";
import type { Upstream, UpstreamDeps } from "./upstream.ts";

/** The ways in through somebody else that this backend offers, by id, in the order of their buttons. */
export type Upstreams = ReadonlyMap<string, Upstream>;

export type UpstreamSettings = {
	identity: Pick<IdentityEnv, "google" | "github" | "microsoft" | "oidc" | "clerk">;
	http: GuardedHttp;
	/** Milliseconds since the epoch. */
	now: () => number;
};

/** One per process: issuers' metadata and keys are kept in it. A new way in is one file and one line here. */
export function createUpstreams({ identity, http, now }: UpstreamSettings): Upstreams {
	const { google, github, microsoft, oidc, clerk } = identity;
	const deps: UpstreamDeps = { fetch: guardedFetch(http), ask: guardedJson(http), now };
	const offered = [
		google && createGoogle(google, deps),
		github && createGithub(github, deps),
		microsoft && createMicrosoft(microsoft, deps),
		oidc && createOidc(oidc, deps),
		// Without a client only its tokens are exchanged (`identity/clerk/`).
		clerk?.client ? createClerk({ issuer: clerk.issuer, client: clerk.client }, deps) : null,
	].filter((upstream) => upstream !== null);
	return new Map(offered.map((upstream) => [upstream.id, upstream]));
}

/** @throws SheafError `auth/provider-unknown` */
export function upstreamCalled(upstreams: Upstreams, id: string): Upstream {
	const upstream = upstreams.get(id);
	if (!upstream) throw new SheafError("auth/provider-unknown", "This backend does not offer that way to sign in.");
	return upstream;
}

/** As the buttons and `GET /api/v1/auth/ways` say them. */
export function waysThrough(upstreams: Upstreams): WayIn[] {
	return [...upstreams.values()].map(({ id, title }) => ({ id, title }));
}
