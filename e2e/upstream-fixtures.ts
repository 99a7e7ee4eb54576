import { test as base } from "./fixtures.ts";
import { openStand, type Stand } from "./support/stand.ts";
import { startUpstreams, type Upstreams } from "./support/upstreams.ts";

type WorkerFixtures = { surrounded: { stand: Stand; upstreams: Upstreams }; upstreams: Upstreams };

/** The same stand with the ways in through somebody else around it: one set of servers for all tests of a file. */
export const test = base.extend<object, WorkerFixtures>({
	surrounded: [
		// Playwright reads what a fixture needs from this pattern, so it has to be one.
		async ({ browserName: _ }, use, info) => {
			const name = `upstream-${info.parallelIndex}`;
			const opened: Upstreams[] = [];
			const stand = await openStand(name, async (publicUrl) => {
				const upstreams = await startUpstreams(`servers-${name}`, publicUrl);
				opened.push(upstreams);
				return upstreams;
			});
			const [upstreams] = opened;
			if (!upstreams) throw new Error("The stand has not asked for its surroundings.");
			await use({ stand, upstreams });
			await stand.stop();
		},
		{ scope: "worker", timeout: 90_000 },
	],
	workerStand: [async ({ surrounded }, use) => use(surrounded.stand), { scope: "worker" }],
	upstreams: [async ({ surrounded }, use) => use(surrounded.upstreams), { scope: "worker" }],
});

export { expect } from "@playwright/test";
