import { test as base } from "./fixtures.ts";
import { type AmazonProcess, startAmazonProcess } from "./support/amazon-simulator.ts";
import { type NotionProcess, startNotionProcess } from "./support/notion-simulator.ts";
import { type SheetsProcess, startSheetsProcess } from "./support/sheets-simulator.ts";
import { type Simulator, startSimulator } from "./support/simulator.ts";
import { openStand, type Stand } from "./support/stand.ts";

type Providers = { airtable: Simulator; notion: NotionProcess; sheets: SheetsProcess; amazon: AmazonProcess };
type WorkerFixtures = Providers & { connected: Providers & { stand: Stand } };

const client = { clientId: "sheaf-in-tests", clientSecret: "worthless-outside-this-test" };

/** The same stand with an integration registered at each provider, so that accounts are connected in its window. */
export const test = base.extend<object, WorkerFixtures>({
	connected: [
		// Playwright reads what a fixture needs from this pattern, so it has to be one.
		async ({ browserName: _ }, use, info) => {
			const name = `connect-${info.parallelIndex}`;
			const [airtable, notion, sheets, amazon] = await Promise.all([
				startSimulator(`airtable-${name}`),
				startNotionProcess(`notion-${name}`),
				startSheetsProcess(`sheets-${name}`),
				startAmazonProcess(`amazon-${name}`),
			]);
			const stand = await openStand(name, async (publicUrl) => {
				const registered = { ...client, redirectUris: [`${publicUrl}/connections/callback`] };
				await Promise.all([
					airtable.registerClient(registered),
					notion.addClient(registered),
					sheets.registerClient(registered),
					amazon.registerClient(registered),
				]);
				const env = {
					AIRTABLE_API_URL: airtable.url,
					AIRTABLE_OAUTH_URL: airtable.url,
					AIRTABLE_CONTENT_URL: airtable.url,
					SHEAF_AIRTABLE_CLIENT_ID: client.clientId,
					SHEAF_AIRTABLE_CLIENT_SECRET: client.clientSecret,
					NOTION_API_URL: notion.url,
					SHEAF_NOTION_CLIENT_ID: client.clientId,
					SHEAF_NOTION_CLIENT_SECRET: client.clientSecret,
					GOOGLE_SHEETS_API_URL: sheets.url,
					GOOGLE_DRIVE_API_URL: sheets.url,
					GOOGLE_OAUTH_URL: sheets.url,
					SHEAF_GOOGLE_SHEETS_CLIENT_ID: client.clientId,
					SHEAF_GOOGLE_SHEETS_CLIENT_SECRET: client.clientSecret,
					AMAZON_OAUTH_URL: amazon.url,
					AMAZON_ADS_API_URL_NA: `${amazon.url}/na`,
					AMAZON_ADS_API_URL_EU: `${amazon.url}/eu`,
					AMAZON_ADS_API_URL_FE: `${amazon.url}/fe`,
					SHEAF_AMAZON_CLIENT_ID: client.clientId,
					SHEAF_AMAZON_CLIENT_SECRET: client.clientSecret,
				};
				const started = [airtable, notion, sheets, amazon];
				const stop = async () => void (await Promise.all(started.map((one) => one.stop())));
				return { env, stop };
			});
			await use({ stand, airtable, notion, sheets, amazon });
			await stand.stop();
		},
		{ scope: "worker", timeout: 90_000 },
	],
	workerStand: [async ({ connected }, use) => use(connected.stand), { scope: "worker" }],
	airtable: [async ({ connected }, use) => use(connected.airtable), { scope: "worker" }],
	notion: [async ({ connected }, use) => use(connected.notion), { scope: "worker" }],
	sheets: [async ({ connected }, use) => use(connected.sheets), { scope: "worker" }],
	amazon: [async ({ connected }, use) => use(connected.amazon), { scope: "worker" }],
});

export { expect } from "@playwright/test";
