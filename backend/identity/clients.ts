/** A public OAuth client: it has no secret, so that its exact redirects and PKCE are what protects a code. */
export type OAuthClient = {
	id: string;
	name: string;
	redirectUris: readonly string[];
};

/**
 * The clients of this backend. The extension's redirect is the address that `identity.launchWebAuthFlow` catches; it
 * is fixed by the extension's id, and no request for it ever leaves the browser.
 */
export function oauthClients(extensionIds: readonly string[]): OAuthClient[] {
	return [
		{
			id: "sheaf-extension",
			name: "the Sheaf extension",
			redirectUris: extensionIds.map((id) => `https://${id}.chromiumapp.org/`),
		},
	];
}
