import type { UpstreamClient } from "../../env-identity.ts";
import type { OidcProfile } from "./oidc-profile.ts";
import { createOidcUpstream } from "./oidc-upstream.ts";
import type { PersonClaims } from "./person-claims.ts";
import type { Upstream, UpstreamDeps } from "./upstream.ts";

/**
 * Google, by OpenID Connect. The scopes are the three that need no review; `access_type=offline` gives a token that takes Sheaf's
 * access back when the account is unlinked. Google then forgets every scope that the person gave the project, so a backend that
 * connects Google Sheets by the same project loses that, too.
 */
export function createGoogle(google: UpstreamClient & { url: string }, deps: UpstreamDeps): Upstream {
	const profile: OidcProfile = {
		id: "google",
		title: "Google",
		client: google,
		metadataBase: google.url,
		isMetadataIssuer: (issuer) => issuer === google.url,
		// Older tokens name it without its scheme.
		isIssuer: ({ iss }, issuer) => iss === issuer || `https://${iss}` === issuer,
		algorithms: ["RS256"],
		clientAuth: "post",
		parameters: { prompt: "select_account", access_type: "offline" },
		vouchesFor,
		grantsUrl: "https://myaccount.google.com/connections",
		takesTokens: true,
	};
	return createOidcUpstream(profile, deps);
}

/** Google's own advice: it knows who owns an address only where it keeps the mailbox. */
function vouchesFor({ email, email_verified: verified, hd }: PersonClaims): boolean {
	if (verified !== true || typeof email !== "string") return false;
	return email.toLowerCase().endsWith("@gmail.com") || (typeof hd === "string" && hd !== "");
}
