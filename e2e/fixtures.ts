import { test as base, type TestInfo } from "@playwright/test";
import { type BrowserOptions, launchBrowser, type SheafBrowser } from "./support/browser.ts";
import { hasHands, openDisplay } from "./support/display.ts";
import { type Hands, handsOn } from "./support/hands.ts";
import { connectTarget, type Person, signUp } from "./support/person.ts";
import { openStand, type Stand } from "./support/stand.ts";
import { makeTestBase, type TestBase } from "./support/test-base.ts";

/** A browser with a signed-in person whose captures go to a table of their own. */
export type Ready = { browser: SheafBrowser; person: Person; base: TestBase };

type TestFixtures = {
	/** The worker's stand, cleared for this test. */
	stand: Stand;
	/** Opens a browser with the built extension; all are closed and their profiles deleted after the test. */
	openBrowser: (options?: Partial<BrowserOptions>) => Promise<SheafBrowser>;
	/** Signs somebody up and connects a table, in this browser or in a new one. */
	getReady: (browser?: SheafBrowser) => Promise<Ready>;
	/** A browser on a screen, with a real mouse and keyboard. */
	touchable: { browser: SheafBrowser; hands: Hands };
};

type WorkerFixtures = { workerStand: Stand };

export const test = base.extend<TestFixtures, WorkerFixtures>({
	workerStand: [
		// Playwright reads what a fixture needs from this pattern, so it has to be one.
		async ({ browserName: _ }, use, info) => {
			const stand = await openStand(`worker-${info.parallelIndex}`);
			await use(stand);
			await stand.stop();
		},
		{ scope: "worker", timeout: 90_000 },
	],
	stand: async ({ workerStand }, use) => {
		await workerStand.clear();
		await use(workerStand);
	},
	openBrowser: async ({ stand }, use, info) => {
		const opened: SheafBrowser[] = [];
		await use(async (options) => {
			const browser = await launchBrowser({ serverUrl: stand.proxy.url, ...options });
			opened.push(browser);
			return browser;
		});
		if (info.status !== info.expectedStatus) await report(opened, stand, info);
		// A browser that the test has killed is closed already.
		for (const browser of opened) await browser.close().catch(() => undefined);
		for (const browser of opened) browser.removeProfile();
	},
	getReady: async ({ stand, openBrowser }, use) => {
		await use(async (given) => {
			const browser = given ?? (await openBrowser());
			const person = await signUp(browser, stand.backend.url);
			const testBase = await makeTestBase(stand.simulator);
			await connectTarget(person, testBase);
			return { browser, person, base: testBase };
		});
	},
	touchable: async ({ openBrowser }, use, info) => {
		info.skip(!hasHands(), "Xvfb and xdotool are not installed here");
		const display = await openDisplay();
		await use({ browser: await openBrowser({ display: display.name }), hands: handsOn(display) });
		await display.close();
	},
});

export { expect } from "@playwright/test";

/** What a failure that does not come again is explained from: how the pages looked, and what the backend had been asked. */
async function report(browsers: SheafBrowser[], stand: Stand, info: TestInfo): Promise<void> {
	process.stdout.write(`${info.title}, failed at ${new Date().toISOString()}:\n${stand.proxy.journal().join("\n")}\n`);
	for (const page of browsers.flatMap((browser) => browser.context.pages())) {
		const body = await page.screenshot().catch(() => null);
		if (body) await info.attach(page.url(), { body, contentType: "image/png" });
	}
}
