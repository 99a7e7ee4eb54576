import { defineConfig } from "@playwright/test";
import { testResults } from "./support/paths.ts";

export default defineConfig({
	testDir: ".",
	testMatch: ["journeys/**/*.spec.ts", "looks/**/*.spec.ts", "probes/**/*.spec.ts", "firefox/**/*.spec.ts"],
	globalSetup: "./support/global-setup.ts",
	// The pictures that `looks/` compares with; `npm run e2e -- looks --update-snapshots` takes them anew.
	snapshotPathTemplate: "{testDir}/looks/snapshots/{arg}{ext}",
	outputDir: `${testResults}/browser`,
	// A test that needs a second try is a bug in the test or in Sheaf.
	retries: 0,
	forbidOnly: true,
	// Each has a backend, a simulator and a browser of its own. One more than cores: faults wait for leases, time limits and back-off.
	workers: 3,
	fullyParallel: false,
	timeout: 120_000,
	expect: { timeout: 15_000 },
	reporter: [["list"], ["json", { outputFile: `${testResults}/browser.json` }]],
});
