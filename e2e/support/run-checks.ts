/**
 * `npm run check`: every house rule, worded as the promise it keeps. Runs them all and reports all that are broken, not
 * only the first.
 */
import { type CommandResult, installed, runCommand } from "./run-command.ts";

type Check = {
	promise: string;
	command: string[];
	/** A tool that saw too little passes everything; this says so, or null when it saw enough. */
	tooLittle?: (output: string) => string | null;
};

/** dependency-cruiser reads no TypeScript under a compiler it does not know, and passes. */
const leastModules = 400;

const cruisedEnough = (output: string): string | null => {
	const modules = Number(output.match(/(\d+) modules/)?.[1] ?? 0);
	return modules >= leastModules
		? null
		: `It cruised ${modules} modules; fewer than ${leastModules} means it read none.`;
};

const bun = installed("bun");
const compile = (room: string): string[] => [installed("tsc"), "--project", room];

const checks: Check[] = [
	{ promise: "Every file is formatted one way", command: [installed("biome"), "check", "--error-on-warnings", "."] },
	{
		promise: "No promise is left unawaited, nothing is any, no function is longer than 50 lines",
		command: [installed("oxlint"), "--type-aware", "--deny-warnings", "--report-unused-disable-directives"],
	},
	{ promise: "The types of the build configuration hold", command: compile(".") },
	{ promise: "The types of the backend hold", command: compile("backend") },
	{ promise: "The types of the extension hold", command: compile("extension") },
	{ promise: "The types of the browser tests hold", command: compile("e2e") },
	{
		promise: "Rooms import one another only through their doors",
		command: [
			installed("depcruise"),
			"backend",
			"extension",
			"e2e",
			"--config",
			".dependency-cruiser.cjs",
			"--output-type",
			"err-long",
		],
		tooLittle: cruisedEnough,
	},
	{ promise: "There is no dead code and no unused package", command: [installed("knip"), "--no-progress"] },
	{
		promise:
			"The extension builds for both browsers, its packages are the same bytes twice, and Mozilla has no complaint",
		command: [bun, "e2e/support/run-zip.ts", "--check"],
	},
	{
		promise: "Every room is furnished as the house rules say",
		command: [bun, "test", "--timeout", "60000", "./e2e/checks/"],
	},
	{
		promise: "The committed schema is what the migrations make",
		command: [bun, "backend/db/dump-schema.ts", "--check"],
	},
	{ promise: "Migrations break no reader and block no writer", command: [installed("squawk"), "migrations/0*.sql"] },
];

const isKept = ({ code, output }: CommandResult, check: Check): string | null => {
	if (code !== 0) return output.trim() || `It ended with ${code}.`;
	return check.tooLittle?.(output) ?? null;
};

const broken: string[] = [];
for (const check of checks) {
	const complaint = isKept(await runCommand(check.command), check);
	console.log(`${complaint === null ? "✓" : "✗"} ${check.promise}`);
	if (complaint === null) continue;
	broken.push(check.promise);
	console.log(`\n${complaint.replaceAll(/^/gm, "    ")}\n`);
}
console.log(
	broken.length === 0 ? `${checks.length} promises kept` : `${broken.length} of ${checks.length} promises broken`,
);
process.exit(broken.length === 0 ? 0 : 1);
