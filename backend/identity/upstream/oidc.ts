import type { UpstreamClient } from "../../env-identity.ts";
import { type OidcProfile, usualAlgorithms } from "./oidc-profile.ts";
import { createOidcUpstream } from "./oidc-upstream.ts";
import type { Upstream, UpstreamDeps } from "./upstream.ts";

/** Any issuer with discovery, chosen by whoever runs the backend, and so believed about addresses. */
export function createOidc(
	{ issuer: wanted, title, ...client }: UpstreamClient & { issuer: string; title: string },
	deps: UpstreamDeps,
): Upstream {
	const profile: OidcProfile = {
		id: "oidc",
		title,
		client,
		metadataBase: wanted,
		// The setting has lost its last slash, which some issuers' names have.
		isMetadataIssuer: (issuer) => issuer === wanted || issuer === `${wanted}/`,
		algorithms: usualAlgorithms,
		vouchesFor: ({ email_verified: verified }) => verified === true,
		grantsUrl: null,
	};
	return createOidcUpstream(profile, deps);
}
