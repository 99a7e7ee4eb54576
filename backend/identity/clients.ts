import { createHash } from "node:crypto";

/** A public OAuth client: it has no secret, so that its exact redirects and PKCE are what protects a code. */
export type OAuthClient = {
	id: string;
	name: string;
	/** Compared exactly. None: the client only knows the device grant. */
	redirectUris: readonly string[];
	grantTypes: readonly GrantType[];
};

export type GrantType =
	| "authorization_code"
	| "refresh_token"
	| "urn:ietf:params:oauth:grant-type:device_code"
	| "urn:ietf:params:oauth:grant-type:token-exchange";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
const tokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";

export type ExtensionBuilds = {
	/** Ids of Chromium builds, 32 letters each. */
	extensionIds: readonly string[];
	/** Gecko ids of Firefox builds. */
	firefoxIds: readonly string[];
};

/**
 * The clients of this backend (SPEC). The extension's redirects are the addresses that `identity.launchWebAuthFlow` catches;
 * they are fixed by the builds' ids, and no request for one ever leaves the browser.
 */
export function oauthClients({ extensionIds, firefoxIds }: ExtensionBuilds): OAuthClient[] {
	return [
		{
			id: "sheaf-extension",
			name: "the Sheaf extension",
			redirectUris: [
				...extensionIds.map((id) => `https://${id}.chromiumapp.org/`),
				...firefoxIds.map((id) => `https://${firefoxSubdomain(id)}.extensions.allizom.org/`),
			],
			grantTypes: ["authorization_code", "refresh_token", deviceGrant, tokenExchange],
		},
		{
			id: "sheaf-cli",
			name: "the Sheaf command line",
			redirectUris: [],
			grantTypes: ["refresh_token", deviceGrant],
		},
	];
}

/** Firefox names the redirect's host after the SHA-1 of the gecko id (measured). */
function firefoxSubdomain(geckoId: string): string {
	return createHash("sha1").update(geckoId).digest("hex");
}
