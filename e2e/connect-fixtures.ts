import { test as base } from "./fixtures.ts";
import { type Simulator, startSimulator } from "./support/simulator.ts";
import { openStand, type Stand } from "./support/stand.ts";

type WorkerFixtures = { connected: { stand: Stand; airtable: Simulator }; airtable: Simulator };

const client = { clientId: "sheaf-in-tests", clientSecret: "worthless-outside-this-test" };

/** The same stand with an integration registered at Airtable, so that accounts are connected in its window. */
export const test = base.extend<object, WorkerFixtures>({
	connected: [
		// Playwright reads what a fixture needs from this pattern, so it has to be one.
		async ({ browserName: _ }, use, info) => {
			const name = `connect-${info.parallelIndex}`;
			const airtable = await startSimulator(`airtable-${name}`);
			const stand = await openStand(name, async (publicUrl) => {
				await airtable.registerClient({ ...client, redirectUris: [`${publicUrl}/connections/callback`] });
				const env = {
					AIRTABLE_API_URL: airtable.url,
					AIRTABLE_OAUTH_URL: airtable.url,
					AIRTABLE_CONTENT_URL: airtable.url,
					SHEAF_AIRTABLE_CLIENT_ID: client.clientId,
					SHEAF_AIRTABLE_CLIENT_SECRET: client.clientSecret,
				};
				return { env, stop: () => airtable.stop() };
			});
			await use({ stand, airtable });
			await stand.stop();
		},
		{ scope: "worker", timeout: 90_000 },
	],
	workerStand: [async ({ connected }, use) => use(connected.stand), { scope: "worker" }],
	airtable: [async ({ connected }, use) => use(connected.airtable), { scope: "worker" }],
});

export { expect } from "@playwright/test";
