import type { OAuthManifest } from "../oauth-manifest.ts";

const official = "https://accounts.google.com";

/** Per file and not sensitive: spreadsheets that Sheaf made or was handed, and no other file of the person's. */
export const fileScope = "https://www.googleapis.com/auth/drive.file";
const sheetsScope = "https://www.googleapis.com/auth/spreadsheets";
const listScope = "https://www.googleapis.com/auth/drive.metadata.readonly";

/**
 * Which spreadsheets a person can choose among. `made`: those Sheaf made for them, which Google lets any client ask for. `all`: every one of
 * theirs; Google calls these scopes sensitive and restricted, and wants a client reviewed before more than a hundred people use it.
 */
export type Reach = "made" | "all";

export const scopesOf: Readonly<Record<Reach, readonly string[]>> = {
	made: [fileScope],
	all: [sheetsScope, listScope],
};

/** Google spreads its endpoints over hosts; what stands in for it has them all on one. */
export function googleEndpoints(oauthUrl: string): {
	authorize: string;
	token: string;
	revoke: string;
	userInfo: string;
} {
	const isOfficial = oauthUrl === official;
	const tokens = isOfficial ? "https://oauth2.googleapis.com" : oauthUrl;
	return {
		authorize: `${oauthUrl}/o/oauth2/v2/auth`,
		token: `${tokens}/token`,
		revoke: `${tokens}/revoke`,
		userInfo: `${isOfficial ? "https://openidconnect.googleapis.com" : oauthUrl}/v1/userinfo`,
	};
}

export function oauthManifest(oauthUrl: string, client: OAuthManifest["client"], reach: Reach): OAuthManifest {
	const { authorize, token, revoke } = googleEndpoints(oauthUrl);
	return {
		client,
		issuer: oauthUrl,
		authorizationEndpoint: authorize,
		tokenEndpoint: token,
		revocationEndpoint: revoke,
		manageUrl: "https://myaccount.google.com/connections",
		clientAuthentication: "post",
		requestFormat: "form",
		pkce: true,
		scopes: [...scopesOf[reach], "openid", "email"],
		// Without the two, a second consent brings no refresh token and the access ends after an hour.
		authorizationParameters: { access_type: "offline", prompt: "consent" },
		assumedExpiresIn: 3_600,
	};
}
