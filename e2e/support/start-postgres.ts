import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { inRepository, repositoryRoot, testResults } from "./paths.ts";
import { announceServerAddress, type ServerAddress } from "./server-address.ts";
import { waitUntil } from "./wait-until.ts";

/** Starts the run's PostgreSQL in a process of its own. Gives back what ends it; it also ends with this process. */
export async function startPostgres(): Promise<() => Promise<void>> {
	mkdirSync(`${testResults}/logs`, { recursive: true });
	const addressFile = `${testResults}/postgres-${process.pid}.json`;
	rmSync(addressFile, { force: true });
	const log = openSync(`${testResults}/logs/postgres.log`, "a");
	const child = spawn(inRepository("node_modules/.bin/bun"), ["e2e/support/postgres-server.ts", addressFile], {
		cwd: repositoryRoot,
		stdio: ["pipe", log, log],
	});
	const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
	await waitUntil(
		"PostgreSQL to start",
		() => existsSync(addressFile) && readFileSync(addressFile, "utf8").endsWith("}"),
		{
			timeoutMs: 60_000,
		},
	);
	announceServerAddress(JSON.parse(readFileSync(addressFile, "utf8")) as ServerAddress);
	return async () => {
		child.stdin?.end();
		await ended;
		rmSync(addressFile, { force: true });
	};
}
