import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type EnvSource, readStartSettings } from "../env.ts";
import { CliError } from "./cli-error.ts";

export const usage = `npm run cli -- login                            sign this terminal in
npm run cli -- logout                           and out again
npm run cli -- whoami                           who is signed in, and where
npm run --silent cli -- token                   an access token, good for five minutes
npm run cli -- request <METHOD> <path> [json]   asks the API: request GET /api/v1/users/me

--server <address>   another backend than SHEAF_PUBLIC_URL (http://localhost:8787)
--workspace <id>     for token and request: another of your workspaces`;

export type CommandLine = {
	command: string;
	words: readonly string[];
	/** An origin. */
	server: string;
	workspaceId: string | null;
	/** Where sessions are kept. */
	directory: string;
};

const options = ["--server", "--workspace"];

/** @throws CliError when an option has no value or the server's address is none */
export function parseCommandLine(source: EnvSource): CommandLine {
	const words: string[] = [];
	const given = new Map<string, string>();
	const rest = [...source.arguments];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		if (!options.includes(word)) {
			words.push(word);
			continue;
		}
		const value = rest.shift();
		if (value === undefined) throw new CliError(`${word} needs a value.\n\n${usage}`);
		given.set(word, value);
	}
	const [command = "", ...others] = words;
	const server = serverOf(given.get("--server") ?? source.variables.SHEAF_PUBLIC_URL ?? "http://localhost:8787");
	return {
		command,
		words: others,
		server,
		workspaceId: given.get("--workspace") ?? null,
		directory: directoryOf(source),
	};
}

function serverOf(address: string): string {
	if (URL.canParse(address) && /^https?:/.test(address)) return new URL(address).origin;
	throw new CliError(`${address} is no address of a server: write it like https://sheaf.example.org.`);
}

/** Beside a Sheaf that runs here, with the rest of its secrets; for a backend elsewhere with the person's own settings. */
function directoryOf(source: EnvSource): string {
	const { dataDir } = readStartSettings(source);
	if (existsSync(dataDir)) return dataDir;
	return join(source.variables.XDG_CONFIG_HOME ?? join(source.variables.HOME ?? homedir(), ".config"), "sheaf");
}
