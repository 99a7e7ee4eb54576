import type { ProvidersEnv } from "../env-providers.ts";

type Simulators = { airtable?: string; notion?: string; googleSheets?: string; amazonAds?: string; zapier?: string };

/** The providers at these addresses; the others are at addresses where nobody listens, and no client is registered anywhere. */
export function testProviders({ airtable, notion, googleSheets, amazonAds, zapier }: Simulators = {}): ProvidersEnv {
	const nowhere = "https://nowhere.invalid";
	const one = (url: string | undefined) => url ?? nowhere;
	return {
		airtable: { apiUrl: one(airtable), oauthUrl: one(airtable), contentUrl: one(airtable), client: null },
		notion: { apiUrl: one(notion), client: null, webhookSecret: null },
		googleSheets: {
			apiUrl: one(googleSheets),
			driveUrl: one(googleSheets),
			oauthUrl: one(googleSheets),
			client: null,
			reach: "made",
		},
		amazonAds: {
			oauthUrl: one(amazonAds),
			apiUrls: { na: `${one(amazonAds)}/na`, eu: `${one(amazonAds)}/eu`, fe: `${one(amazonAds)}/fe` },
			client: null,
			dsp: true,
		},
		zapier: { hooksUrl: one(zapier) },
	};
}
