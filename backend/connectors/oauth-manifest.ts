/**
 * The provider's authorization server as `connections/` drives it. What comes back is stored as the credential
 * `{ token, refreshToken? }`, so a connector sends `credential.token` however it was got.
 */
export type OAuthManifest = {
	client: { clientId: string; clientSecret: string };
	/** RFC 8414's `issuer` where the provider checks or sends one, else its origin. */
	issuer: string;
	authorizationEndpoint: string;
	tokenEndpoint: string;
	/** Null: the provider has none, and a person takes the access back at `manageUrl`. */
	revocationEndpoint: string | null;
	manageUrl: string;
	/** How the client proves itself at the token endpoint. */
	clientAuthentication: "basic" | "post";
	/** How the token endpoint wants its parameters; `json` is Notion's own. */
	requestFormat: "form" | "json";
	/** PKCE with S256, where the provider supports it. */
	pkce: boolean;
	scopes: readonly string[];
	/** Further parameters of the authorization request, for example `access_type=offline`. */
	authorizationParameters: Readonly<Record<string, string>>;
	/** Seconds an access token lives when the answer does not say; null: until it is refused. */
	assumedExpiresIn: number | null;
};
