import { type UpstreamClient, upstreamClient } from "./env-identity.ts";
import type { Reader } from "./env-reader.ts";

/**
 * Where each provider is (CON-4) and the OAuth client the operator registered there; null, and that way of connecting is not
 * offered. Addresses have no trailing slash.
 */
export type ProvidersEnv = {
	airtable: { apiUrl: string; oauthUrl: string; contentUrl: string; client: UpstreamClient | null };
	/** `webhookSecret`: what Notion showed when the operator subscribed to its events (`SHEAF_NOTION_WEBHOOK_SECRET`). */
	notion: { apiUrl: string; client: UpstreamClient | null; webhookSecret: string | null };
	/** `reach`: which spreadsheets people choose among (`SHEAF_GOOGLE_SHEETS_FILES`). */
	googleSheets: {
		apiUrl: string;
		driveUrl: string;
		oauthUrl: string;
		client: UpstreamClient | null;
		reach: "made" | "all";
	};
	/** `dsp`: whether Amazon lets the client at its DSP (`SHEAF_AMAZON_DSP`). */
	amazonAds: {
		oauthUrl: string;
		apiUrls: { na: string; eu: string; fe: string };
		client: UpstreamClient | null;
		dsp: boolean;
	};
	zapier: { hooksUrl: string };
};

/** The official addresses; an overridden one is trusted to be where the operator says. */
export const officialProviders = {
	airtableApi: "https://api.airtable.com",
	airtableOauth: "https://airtable.com",
	airtableContent: "https://content.airtable.com",
	notionApi: "https://api.notion.com",
	googleSheetsApi: "https://sheets.googleapis.com",
	googleDriveApi: "https://www.googleapis.com",
	googleOauth: "https://accounts.google.com",
	amazonOauth: "https://www.amazon.com",
	amazonAdsNa: "https://advertising-api.amazon.com",
	amazonAdsEu: "https://advertising-api-eu.amazon.com",
	amazonAdsFe: "https://advertising-api-fe.amazon.com",
	zapierHooks: "https://hooks.zapier.com",
} as const;

export function parseProvidersEnv(read: Reader, problems: string[]): ProvidersEnv {
	const client = (name: string) => upstreamClient(read, name, problems);
	return {
		airtable: {
			apiUrl: read.url("AIRTABLE_API_URL", officialProviders.airtableApi),
			oauthUrl: read.url("AIRTABLE_OAUTH_URL", officialProviders.airtableOauth),
			contentUrl: read.url("AIRTABLE_CONTENT_URL", officialProviders.airtableContent),
			client: client("AIRTABLE"),
		},
		notion: {
			apiUrl: read.url("NOTION_API_URL", officialProviders.notionApi),
			client: client("NOTION"),
			webhookSecret: read.text("SHEAF_NOTION_WEBHOOK_SECRET"),
		},
		googleSheets: {
			apiUrl: read.url("GOOGLE_SHEETS_API_URL", officialProviders.googleSheetsApi),
			driveUrl: read.url("GOOGLE_DRIVE_API_URL", officialProviders.googleDriveApi),
			oauthUrl: read.url("GOOGLE_OAUTH_URL", officialProviders.googleOauth),
			client: client("GOOGLE_SHEETS"),
			reach: read.oneOf("SHEAF_GOOGLE_SHEETS_FILES", ["made", "all"], "made"),
		},
		amazonAds: {
			oauthUrl: read.url("AMAZON_OAUTH_URL", officialProviders.amazonOauth),
			apiUrls: {
				na: read.url("AMAZON_ADS_API_URL_NA", officialProviders.amazonAdsNa),
				eu: read.url("AMAZON_ADS_API_URL_EU", officialProviders.amazonAdsEu),
				fe: read.url("AMAZON_ADS_API_URL_FE", officialProviders.amazonAdsFe),
			},
			client: client("AMAZON"),
			dsp: read.oneOf("SHEAF_AMAZON_DSP", ["on", "off"], "off") === "on",
		},
		zapier: { hooksUrl: read.url("ZAPIER_HOOKS_URL", officialProviders.zapierHooks) },
	};
}

/** All addresses, for the list of those an operator set himself. */
export function providerUrls({ airtable, notion, googleSheets, amazonAds, zapier }: ProvidersEnv): string[] {
	const { client: _airtableClient, ...airtableUrls } = airtable;
	const { client: _sheetsClient, reach: _reach, ...sheetsUrls } = googleSheets;
	const amazonUrls = { ...amazonAds.apiUrls, oauthUrl: amazonAds.oauthUrl };
	return [airtableUrls, sheetsUrls, { api: notion.apiUrl }, amazonUrls, zapier].flatMap((urls) => Object.values(urls));
}
