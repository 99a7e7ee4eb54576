/**
 * `npm test`: everything, with one closing line `N passed, N failed`. Finds or installs a browser, builds the extension
 * once, runs the unit and integration tests on Bun and then the browser tests on the built artefact.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { buildExtension } from "./build-extension.ts";
import { ensureTestPrograms } from "./find-browser.ts";
import { testResults } from "./paths.ts";
import { installed, runCommand } from "./run-command.ts";
import { keepScratchInMemory } from "./scratch-folder.ts";
import { emptyReport, readJunit, readPlaywright, type TestReport } from "./test-report.ts";

/** Fewer tests than this mean that a runner did not find them, not that they were deleted. */
const leastTests = { unit: 1_000, browser: 35 };

const attempt = async (name: string, work: () => Promise<TestReport>): Promise<TestReport> => {
	try {
		return await work();
	} catch (error) {
		return { ...emptyReport(), failures: [{ name, message: error instanceof Error ? error.message : String(error) }] };
	}
};

/** A runner that ends badly with no failed test to show for it, or that found too few tests, has failed as well. */
const judge = (report: TestReport, run: { name: string; code: number; least: number }): TestReport => {
	const failures = [...report.failures];
	if (run.code !== 0 && failures.length === 0) failures.push({ name: run.name, message: `ended with ${run.code}` });
	const found = report.passed + failures.length + report.skipped.length;
	if (found < run.least) failures.push({ name: run.name, message: `found ${found} tests, fewer than ${run.least}` });
	return { ...report, failures };
};

const runUnitTests = async (): Promise<TestReport> => {
	const file = `${testResults}/unit.xml`;
	const { code } = await runCommand(
		[
			installed("bun"),
			"test",
			// A worker a core, each with a PostgreSQL of its own; its files share it, and so are not isolated from each other.
			"--parallel=2",
			"--no-isolate",
			// What hangs is to end; how long a thing takes on a busy machine is no test's business.
			"--timeout=60000",
			"./backend/",
			"./extension/",
			"./e2e/support/",
			"--reporter=junit",
			`--reporter-outfile=${file}`,
		],
		{ echo: true },
	);
	return judge(readJunit(readFileSync(file, "utf8")), { name: "bun test", code, least: leastTests.unit });
};

const runBrowserTests = async (chromium: string): Promise<TestReport> => {
	const file = `${testResults}/browser.json`;
	const { code } = await runCommand([installed("playwright"), "test", "--config", "e2e/playwright.config.ts"], {
		echo: true,
		env: { SHEAF_CHROMIUM: chromium, SHEAF_EXTENSION_BUILT: "1" },
	});
	return judge(readPlaywright(readFileSync(file, "utf8")), { name: "playwright", code, least: leastTests.browser });
};

const built = async (): Promise<TestReport> => {
	const { code, output } = await buildExtension();
	return code === 0 ? emptyReport() : { ...emptyReport(), failures: [{ name: "wxt build", message: output }] };
};

const browserHalf = async (): Promise<TestReport> => {
	const chromium = await ensureTestPrograms();
	const build = await built();
	return build.failures.length > 0 ? build : runBrowserTests(chromium);
};

rmSync(testResults, { recursive: true, force: true });
mkdirSync(testResults, { recursive: true });
// Before the unit tests: those on Redis need the server that this may install.
await attempt("test programs", async () => {
	await ensureTestPrograms();
	return emptyReport();
});
const removeScratch = keepScratchInMemory();
const reports = [await attempt("bun test", runUnitTests), await attempt("playwright", browserHalf)];
removeScratch();
const passed = reports.reduce((sum, report) => sum + report.passed, 0);
const failures = reports.flatMap((report) => report.failures);
const skipped = reports.flatMap((report) => report.skipped);
for (const name of skipped) console.log(`skipped: ${name}`);
if (skipped.length > 0) console.log(`${skipped.length} skipped`);
for (const { name, message } of failures)
	console.log(`failed: ${name}\n    ${message.split("\n").slice(0, 12).join("\n    ")}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
