import { launchBrowser } from "../support/browser.ts";
import { waitUntil } from "../support/wait-until.ts";
import type { Fault } from "./fault.ts";

const writes = { method: "POST", path: /^\/api\/v1\/writes\/batch/ };

export const browserFaults: Fault[] = [
	{
		name: "service worker stopped in the middle of a flush",
		arm: async ({ stand, browser }) => {
			const held = stand.proxy.plan({ ...writes, with: "hold-response" });
			return {
				struck: async () => {
					// The batch is committed, and the worker that waits for the answer is gone.
					await waitUntil("the batch to be answered", () => held.statuses().length > 0);
					await browser.stopServiceWorker();
				},
				mend: async () => held.release(),
			};
		},
	},
];

/** SIGKILL to the browser after it said "saved here", and a new one on the same profile. */
export const browserKilled: Fault = {
	name: 'browser killed after "saved here"',
	arm: async (scene) => {
		scene.stand.proxy.goAway();
		return {
			struck: () => scene.browser.kill(),
			mend: async () => {
				scene.stand.proxy.comeBack();
				scene.browser = await launchBrowser({ serverUrl: scene.stand.proxy.url, profile: scene.browser.profile });
			},
		};
	},
};
