import { test as base } from "./fixtures.ts";
import { type StandInElectric, startElectric } from "./support/electric.ts";
import { openStand } from "./support/stand.ts";

/** The same stand with Electric behind the backend's gatekeeper. */
export const test = base.extend<object, { electric: StandInElectric }>({
	electric: [
		// Playwright reads what a fixture needs from this pattern, so it has to be one.
		async ({ browserName: _ }, use) => {
			await use(await startElectric());
		},
		{ scope: "worker" },
	],
	workerStand: [
		async ({ electric }, use, info) => {
			const stand = await openStand(`electric-${info.parallelIndex}`, async () => electric.surroundings);
			await electric.follow(stand.database.url);
			await use(stand);
			await stand.stop();
		},
		{ scope: "worker", timeout: 90_000 },
	],
});
