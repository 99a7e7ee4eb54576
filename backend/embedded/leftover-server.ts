import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StartError } from "../errors.ts";
import { commandLine } from "./process-identity.ts";

const graceMs = 10_000;

/**
 * After we were killed, the guardian is still shutting our server down for a moment; waits for that. A server of ours that nobody
 * guards any more is stopped. A `postmaster.pid` without such a server is left to PostgreSQL, which knows a stale one.
 *
 * @throws StartError when that server does not end
 */
export async function waitForLeftoverServer(directory: string): Promise<void> {
	const pid = await runningServer(directory);
	if (pid === null) return;
	for (const signal of [null, "SIGINT", "SIGQUIT"] as const) {
		if (signal !== null) process.kill(pid, signal);
		for (const deadline = Date.now() + graceMs; Date.now() < deadline; ) {
			if ((await runningServer(directory)) !== pid) return;
			await delay(50);
		}
	}
	throw new StartError(`A PostgreSQL of an earlier run does not stop: end process ${pid} and start again.`);
}

/** Its process id, when the process named in the lock file is a PostgreSQL on this very directory. */
async function runningServer(directory: string): Promise<number | null> {
	const [line = ""] = await lockFileLines(directory);
	const pid = Number(line);
	if (!Number.isInteger(pid) || pid <= 1) return null;
	const command = await commandLine(pid);
	return command.includes("postgres") && command.includes(directory) ? pid : null;
}

/** The port of a server that runs on this directory and takes connections; null when there is none. */
export async function runningServerPort(directory: string): Promise<number | null> {
	if ((await runningServer(directory)) === null) return null;
	const lines = await lockFileLines(directory);
	return lines[7]?.trim() === "ready" ? Number(lines[3]) : null;
}

async function lockFileLines(directory: string): Promise<string[]> {
	return (await readFile(join(directory, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
}
