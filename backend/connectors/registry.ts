import type { ProvidersEnv } from "../env-providers.ts";
import { createAirtableConnector } from "./airtable/index.ts";
import { createAmazonAdsConnector } from "./amazon-ads/index.ts";
import { createBaserowConnector } from "./baserow/index.ts";
import type { Connector } from "./connector.ts";
import { createFileConnector } from "./file/index.ts";
import { createGoogleSheetsConnector } from "./google-sheets/index.ts";
import { createNocodbConnector } from "./nocodb/index.ts";
import { createNotionConnector } from "./notion/index.ts";
import { createPostgresConnector } from "./postgres/index.ts";
import { createWebhookConnector } from "./webhook/index.ts";
import { createZapierConnector } from "./zapier/index.ts";

/** Every connector by its id, in the order a person is offered them. */
export type ConnectorRegistry = ReadonlyMap<string, Connector>;

export type RegistrySettings = ProvidersEnv & {
	/** The practice base on this machine; null where there is none. */
	practice: { url: string } | null;
};

/** A new connector is one line here and a folder beside. */
export function createRegistry({
	airtable,
	amazonAds,
	googleSheets,
	notion,
	practice,
	zapier,
}: RegistrySettings): ConnectorRegistry {
	const connectors = [
		createAirtableConnector({
			id: "airtable",
			title: "Airtable",
			summary: "Rows in the tables of your Airtable bases.",
			apiUrl: airtable.apiUrl,
			siteUrl: "https://airtable.com",
			contentUrl: airtable.contentUrl,
			auth: { kind: "account", oauthUrl: airtable.oauthUrl, client: airtable.client },
		}),
		createNotionConnector(notion),
		...sheetsConnectors(googleSheets),
		createPostgresConnector(),
		...amazonConnectors(amazonAds),
		createNocodbConnector(),
		createBaserowConnector(),
		createZapierConnector({ hooksUrl: zapier.hooksUrl }),
		createWebhookConnector(),
		createFileConnector(),
		...(practice === null ? [] : [practiceConnector(practice.url)]),
	];
	return new Map(connectors.map((connector) => [connector.manifest.id, connector]));
}

/** Google gives tokens to registered clients only: without one there is no way to connect it, and it is not listed. */
function sheetsConnectors({ client, ...urls }: ProvidersEnv["googleSheets"]): Connector[] {
	return client === null ? [] : [createGoogleSheetsConnector({ ...urls, client })];
}

/** As Google, and approved for its advertising interface beside. */
function amazonConnectors({ client, ...rest }: ProvidersEnv["amazonAds"]): Connector[] {
	return client === null ? [] : [createAmazonAdsConnector({ ...rest, client })];
}

function practiceConnector(url: string): Connector {
	return createAirtableConnector({
		id: "practice",
		title: "Practice base",
		summary: "Two tables on this computer to try Sheaf with. No account needed.",
		apiUrl: url,
		siteUrl: url,
		contentUrl: url,
		// The same as the practice base itself knows (airtable/simulator/practice-base.ts); no secret, it opens nothing else.
		auth: { kind: "none", token: "patPracticeBase00.known-to-everyone" },
	});
}
