import { airtableFaults } from "../chaos/airtable-faults.ts";
import { backendFaults } from "../chaos/backend-faults.ts";
import { browserFaults, browserKilled } from "../chaos/browser-faults.ts";
import type { Scene } from "../chaos/fault.ts";
import { networkFaults } from "../chaos/network-faults.ts";
import { playRound } from "../chaos/round.ts";
import { expect, test } from "../fixtures.ts";

/** `npm run chaos` plays the same faults many more times. */
const timesEach = 3;

// Each has a person, a base and a browser of its own, so both workers can take from the list.
test.describe.configure({ mode: "parallel" });

for (const fault of [...networkFaults, ...backendFaults, ...airtableFaults, ...browserFaults, browserKilled]) {
	test(`I1, I3, OUT-2, SYNC-3: ${fault.name}: nothing lost, nothing double`, async ({ stand, getReady }) => {
		test.setTimeout(240_000);
		const scene: Scene = { stand, ...(await getReady()) };
		for (let time = 1; time <= timesEach; time += 1) {
			const { lost, doubled, shown } = await playRound(fault, scene);
			expect({ time, lost, doubled, shown }).toEqual({ time, lost: [], doubled: [], shown: "delivered" });
		}
		// A browser that was started again is not the one the fixture knows.
		await scene.browser.close();
	});
}
