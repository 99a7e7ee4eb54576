import type { OAuthManifest } from "../oauth-manifest.ts";

/**
 * Airtable as an authorization server (airtable.com/developers/web/api/oauth-reference). A client with a secret has to send it by
 * Basic. There is no revocation endpoint: a person takes the access back on the page of their integrations. An access token
 * lives an hour; a refresh kills the old access and refresh tokens at once.
 *
 * @param siteUrl where the endpoints are, without a trailing slash
 */
export function oauthManifest(siteUrl: string, client: OAuthManifest["client"]): OAuthManifest {
	return {
		client,
		issuer: siteUrl,
		authorizationEndpoint: `${siteUrl}/oauth2/v1/authorize`,
		tokenEndpoint: `${siteUrl}/oauth2/v1/token`,
		revocationEndpoint: null,
		manageUrl: "https://airtable.com/account/integrations",
		clientAuthentication: "basic",
		requestFormat: "form",
		pkce: true,
		scopes: [
			"data.records:read",
			"data.records:write",
			"schema.bases:read",
			"schema.bases:write",
			"webhook:manage",
			"user.email:read",
		],
		authorizationParameters: {},
		assumedExpiresIn: 3_600,
	};
}
