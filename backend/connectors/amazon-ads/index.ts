import type { Connector, ConnectorManifest } from "../connector.ts";
import type { OAuthManifest } from "../oauth-manifest.ts";
import { identify } from "./auth.ts";
import { tables } from "./discover.ts";
import { penaltyMs } from "./errors.ts";
import { title } from "./failure.ts";
import { list, schema } from "./list.ts";
import { amazonEndpoints, oauthManifest, scopesOf } from "./oauth.ts";
import { profiles } from "./profiles.ts";
import type { AmazonAddresses, RegionId } from "./regions.ts";

export type AmazonAdsConnectorOptions = {
	/** Addresses without trailing slashes. */
	oauthUrl: string;
	apiUrls: Readonly<Record<RegionId, string>>;
	/** Registered with Amazon by the operator and approved for its advertising interface. There is no other way in. */
	client: OAuthManifest["client"];
	/** Whether Amazon lets this client at its DSP. */
	dsp: boolean;
	/** Milliseconds since 1970; the clock unless a test brings its own. */
	now?: () => number;
};

/** Campaigns and results of Amazon Ads, to be read: nothing is ever changed there. */
export function createAmazonAdsConnector(options: AmazonAdsConnectorOptions): Connector {
	const { oauthUrl, apiUrls, client, dsp, now = Date.now } = options;
	const { userInfo } = amazonEndpoints(oauthUrl);
	const addresses: AmazonAddresses = { apiUrls, userInfoUrl: userInfo, clientId: client.clientId };
	const source = { addresses, dsp, now };
	const noWriting = `${title} is read from: Sheaf changes nothing there. Choose another place for these records.`;
	return {
		manifest: { ...manifest, requiredScopes: scopesOf(dsp), oauth: oauthManifest(oauthUrl, client, dsp) },
		identify: (call) => identify(addresses, call, dsp),
		discover: async () => ({ kind: "ok", value: tables(dsp) }),
		push: async () => ({ kind: "mend_target", reason: "delivery/refused", message: noWriting }),
		coerce: () => ({ ok: false, message: noWriting }),
		remoteUrl: () => null,
		source: {
			profiles: (call) => profiles(addresses, call),
			schema: (call, place) => schema(source, call, place),
			list: (call, place, query) => list(source, call, { place, query }),
		},
	};
}

const manifest: Omit<ConnectorManifest, "requiredScopes"> = {
	id: "amazon-ads",
	title,
	summary: "Campaigns, ad groups and daily results of your Amazon advertising accounts, to be read.",
	/** A megaphone, in nobody's colours. */
	icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M3 9v6h3l1 6h3l-1-6 9 4V5L9 9zM20 9v6a3 3 0 0 0 0-6z"/></svg>',
	ways: ["oauth"],
	form: [],
	onlySource: true,
	// Amazon publishes no figure and moves what it allows; two a second is what others found to pass.
	limits: { recordsPerRequest: 1, requestsPerSecond: 2, penaltyMs },
	budgetScope: ({ connectionId }) => `amazon-ads:${connectionId}`,
};
