import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright";
import { findChromium } from "../support/find-browser.ts";

/** A Chromium with these unpacked extensions and a profile of its own. */
export async function withExtensions<Result>(
	folders: string[],
	work: (context: BrowserContext) => Promise<Result>,
): Promise<Result> {
	const executablePath = findChromium();
	if (!executablePath) throw new Error("No Chromium was found. `npm test` installs one.");
	const profile = mkdtempSync(join(tmpdir(), "sheaf-bench-"));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath,
		headless: true,
		ignoreDefaultArgs: ["--disable-extensions"],
		args: [
			`--disable-extensions-except=${folders.join(",")}`,
			`--load-extension=${folders.join(",")}`,
			"--no-sandbox",
			"--no-first-run",
			"--disable-quic",
			"--disable-sync",
			"--disable-background-networking",
			"--disable-component-update",
		],
	});
	try {
		return await work(context);
	} finally {
		await context.close();
		rmSync(profile, { recursive: true, force: true });
	}
}

/** The ids of the extensions with a service worker, once there are this many. */
export async function extensionIds(context: BrowserContext, count: number): Promise<string[]> {
	for (;;) {
		const ids = new Set(context.serviceWorkers().map((worker) => new URL(worker.url()).host));
		if (ids.size >= count) return [...ids];
		await context.waitForEvent("serviceworker");
	}
}
