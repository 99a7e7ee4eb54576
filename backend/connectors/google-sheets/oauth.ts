import type { OAuthManifest } from "../connector.ts";

const official = "https://accounts.google.com";

/** Per file and not sensitive: spreadsheets that Sheaf made or was handed, and no other file of the person's. */
export const fileScope = "https://www.googleapis.com/auth/drive.file";

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

export function oauthManifest(oauthUrl: string, client: OAuthManifest["client"]): OAuthManifest {
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
		scopes: [fileScope, "openid", "email"],
		// Without the two, a second consent brings no refresh token and the access ends after an hour.
		authorizationParameters: { access_type: "offline", prompt: "consent" },
		assumedExpiresIn: 3_600,
	};
}
