import { processSource } from "../env.ts";
import { CliError } from "./cli-error.ts";
import { parseCommandLine, usage } from "./command-line.ts";
import { commands } from "./commands.ts";
import { printable } from "./printable.ts";

/** `npm run cli -- <command>`. */
async function run(): Promise<number> {
	const line = parseCommandLine(processSource());
	const command = commands.get(line.command);
	if (!command) throw new CliError(usage);
	return await command(line);
}

try {
	process.exitCode = await run();
} catch (error) {
	if (!(error instanceof CliError)) throw error;
	console.error(printable(error.message));
	process.exitCode = 1;
}
