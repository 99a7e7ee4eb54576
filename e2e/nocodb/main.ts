/**
 * `npm run check:nocodb`: the conformance cases that a real server can be put into, against a real NocoDB. Opt-in: it downloads and
 * builds half a gigabyte. Prints `N passed, N failed`.
 */
import { exitOnSignals } from "../support/child-process.ts";
import { installed, runCommand } from "../support/run-command.ts";
import { startNocodb } from "./server.ts";

exitOnSignals();
console.log("Installing and starting NocoDB; this takes some minutes.");
const nocodb = await startNocodb();
let failed = true;
try {
	const { code, output } = await runCommand(
		[installed("bun"), "test", "--timeout", "60000", "./e2e/nocodb/live-conformance.ts"],
		{ echo: true, env: { SHEAF_CHECK_NOCODB_URL: nocodb.url } },
	);
	const count = (word: string) => Number(new RegExp(`^\\s*(\\d+) ${word}$`, "m").exec(output)?.[1] ?? 0);
	// A run that came to no test is none that passed.
	failed = code !== 0 || count("pass") === 0;
	console.log(`${count("pass")} passed, ${count("fail")} failed`);
} finally {
	await nocodb.stop();
}
process.exit(failed ? 1 : 0);
