import { execFile } from "node:child_process";
import { access, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { StartError } from "../errors.ts";
import { lockDataDirectory } from "./data-lock.ts";
import { clusterDirectory } from "./embedded-postgres.ts";
import { waitForLeftoverServer } from "./leftover-server.ts";

const run = promisify(execFile);

/** Of the data directory itself: the lock is this process's, and where the server's files are is another place's matter. */
const leftOut = new Set(["sheaf.lock", "postgres", "postgres-is-at"]);

/**
 * Copies the data directory of a Sheaf that is stopped: secrets, the practice base's rows and the embedded server's files, with their owners
 * and modes. The copy is whole or not there: it gets its name when it is complete.
 *
 * @throws StartError when Sheaf runs on `dataDir`, there is nothing in it, or `backupDir` exists
 */
export async function backUpData(dataDir: string, backupDir: string): Promise<void> {
	if (!(await exists(join(dataDir, "secrets.json")))) throw new StartError(`There is no data of Sheaf in ${dataDir}.`);
	await refuseExisting(backupDir);
	const lock = await lockDataDirectory(dataDir);
	try {
		const cluster = await clusterDirectory(dataDir);
		await waitForLeftoverServer(cluster);
		await copyInto(backupDir, async (unfinished) => {
			for (const name of await readdir(dataDir)) {
				if (!leftOut.has(name)) await copy(join(dataDir, name), join(unfinished, name));
			}
			await copy(cluster, join(unfinished, "postgres"));
		});
	} finally {
		await lock.release();
	}
}

/**
 * Puts a copy where a Sheaf that is started next finds it. What is there already is left alone.
 *
 * @throws StartError when `backupDir` is no copy of ours, or `dataDir` exists
 */
export async function restoreData(backupDir: string, dataDir: string): Promise<void> {
	for (const name of ["secrets.json", "postgres/PG_VERSION"]) {
		if (!(await exists(join(backupDir, name)))) throw new StartError(`${backupDir} is not a backup of Sheaf.`);
	}
	await refuseExisting(dataDir);
	await copyInto(dataDir, async (unfinished) => {
		for (const name of await readdir(backupDir)) {
			if (!leftOut.has(name)) await copy(join(backupDir, name), join(unfinished, name));
		}
		// Elsewhere, where the server's account cannot get to this folder.
		await copy(join(backupDir, "postgres"), await clusterDirectory(unfinished));
	});
}

async function copyInto(directory: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
	const unfinished = `${directory}.unfinished`;
	await rm(unfinished, { recursive: true, force: true });
	// The server's account passes through; the secrets inside have their own mode.
	await mkdir(unfinished, { recursive: true, mode: 0o711 });
	await fill(unfinished);
	await rename(unfinished, directory);
}

/** Node's own copy leaves the owner behind, without whom the server does not start. */
async function copy(from: string, to: string): Promise<void> {
	await run("cp", ["-a", from, to]);
}

async function refuseExisting(directory: string): Promise<void> {
	if (await exists(directory))
		throw new StartError(`${directory} exists already: move it away first, nothing was changed.`);
}

async function exists(path: string): Promise<boolean> {
	return await access(path).then(
		() => true,
		() => false,
	);
}
