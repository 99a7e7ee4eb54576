import type { OAuthManifest } from "../oauth-manifest.ts";

/** Where the token endpoint of each consent page is; what stands in for Amazon has all of it on one address. */
const tokenHosts: Readonly<Record<string, string>> = {
	"https://www.amazon.com": "https://api.amazon.com",
	"https://eu.account.amazon.com": "https://api.amazon.co.uk",
	"https://apac.account.amazon.com": "https://api.amazon.co.jp",
};

const campaignScope = "advertising::campaign_management";
/** Orders of Amazon DSP. Amazon shows an error instead of its consent page to a client that was not allowed it. */
const dspScope = "advertising::dsp_campaigns";
/** Whose login it is. */
const identityScope = "profile";

export function scopesOf(dsp: boolean): string[] {
	return [identityScope, campaignScope, ...(dsp ? [dspScope] : [])];
}

export function amazonEndpoints(oauthUrl: string): { authorize: string; token: string; userInfo: string } {
	const tokens = tokenHosts[oauthUrl] ?? oauthUrl;
	return {
		authorize: `${oauthUrl}/ap/oa`,
		token: `${tokens}/auth/o2/token`,
		userInfo: `${tokens}/user/profile`,
	};
}

/** Login with Amazon. It documents no endpoint that takes an access back: a person does that in their account. */
export function oauthManifest(oauthUrl: string, client: OAuthManifest["client"], dsp: boolean): OAuthManifest {
	const { authorize, token } = amazonEndpoints(oauthUrl);
	return {
		client,
		issuer: oauthUrl,
		authorizationEndpoint: authorize,
		tokenEndpoint: token,
		revocationEndpoint: null,
		manageUrl: "https://www.amazon.com/ap/adam",
		clientAuthentication: "post",
		requestFormat: "form",
		// Amazon takes a challenge without a method for a plain one, so S256 is named, as everywhere.
		pkce: true,
		scopes: scopesOf(dsp),
		authorizationParameters: {},
		assumedExpiresIn: 3_600,
	};
}
