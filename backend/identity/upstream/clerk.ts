import type { UpstreamClient } from "../../env-identity.ts";
import type { OidcProfile } from "./oidc-profile.ts";
import { createOidcUpstream } from "./oidc-upstream.ts";
import type { Upstream, UpstreamDeps } from "./upstream.ts";

/**
 * Clerk as an OAuth provider, for the button on the sign-in page. The subject is Clerk's user id as in its session tokens and
 * webhooks (`identity/clerk/`), so that whoever came by one of the ways is the same person by the other.
 */
export function createClerk(
	{ issuer: wanted, client }: { issuer: string; client: UpstreamClient },
	deps: UpstreamDeps,
): Upstream {
	const profile: OidcProfile = {
		id: "clerk",
		title: "Clerk",
		client,
		metadataBase: wanted,
		isMetadataIssuer: (issuer) => issuer === wanted,
		algorithms: ["RS256"],
		vouchesFor: ({ email_verified: verified }) => verified === true,
		grantsUrl: null,
	};
	return createOidcUpstream(profile, deps);
}
