import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chown, open, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StartError } from "../errors.ts";
import { findBinaries } from "./binaries.ts";
import { spawnGuarded } from "./guardian.ts";
import { runInitdb } from "./initdb.ts";
import { findServerUser, makeServerDirectory, reachableBinaries, type ServerUser } from "./server-user.ts";

export type ClusterOptions = {
	/** Where the server keeps its files; made when missing. Its parent must be reachable by the server's account. */
	directory: string;
	/** Of the administrator `postgres`; used when the cluster is made. */
	password: string;
	/** For a cluster that is thrown away: no fsync, and this directory is deleted when the server ends. */
	deleteAfter?: string;
};

/** A running server. */
export type Cluster = {
	port: number;
	/** The administrator's address of one database of it. */
	url(database: string): string;
	/** Resolves when the server has ended, whoever ended it. */
	ended: Promise<void>;
	/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
	stop(): Promise<void>;
};

const startDeadlineMs = 30_000;
const stopDeadlineMs = 20_000;

/** Makes the cluster when there is none, starts it on a free loopback port and waits until it takes connections. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
	const user = await findServerUser();
	const binaries = await reachableBinaries(user, await findBinaries());
	await makeServerDirectory(user, options.directory);
	if (!(await exists(join(options.directory, "PG_VERSION")))) {
		await runInitdb({ initdb: binaries.initdb, user, throwAway: options.deleteAfter !== undefined, ...options });
	}
	const port = await freePort();
	const child = await spawnServer({ postgres: binaries.postgres, user, port, options });
	const ended = once(child, "exit").then(() => undefined);
	await untilReady({ directory: options.directory, port, child, ended });
	return {
		port,
		url: (database) => `postgres://postgres:${options.password}@127.0.0.1:${port}/${database}`,
		ended,
		stop: async () => {
			child.stdin?.end();
			await Promise.race([ended, delay(stopDeadlineMs, undefined, { ref: false })]);
		},
	};
}

/** As good as it gets without asking: nobody else should take a port the kernel just chose. */
export async function freePort(): Promise<number> {
	const probe = createServer().listen(0, "127.0.0.1");
	await once(probe, "listening");
	const address = probe.address();
	probe.close();
	await once(probe, "close");
	if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
	return address.port;
}

export function randomPassword(): string {
	return randomBytes(32).toString("base64url");
}

type Spawn = { postgres: string; user: ServerUser; port: number; options: ClusterOptions };

async function spawnServer({ postgres, user, port, options }: Spawn): Promise<ChildProcess> {
	const logPath = logPathOf(options.directory);
	await writeFile(logPath, "", { mode: 0o600 });
	if (user.ids !== null) await chown(logPath, user.ids.uid, user.ids.gid);
	const log = await open(logPath, "a");
	try {
		return spawnGuarded({
			command: [postgres, "-D", options.directory, "-p", String(port), ...settings(options.deleteAfter !== undefined)],
			user,
			logFd: log.fd,
			...(options.deleteAfter === undefined ? {} : { deleteAfter: options.deleteAfter }),
		});
	} finally {
		await log.close();
	}
}

/**
 * For one small machine, given on the command line so that an update reaches clusters that exist. Durability stays on:
 * fsync and synchronous_commit are only ever off for a database that a test throws away.
 */
function settings(throwAway: boolean): string[] {
	const values: Record<string, string> = {
		listen_addresses: "127.0.0.1",
		unix_socket_directories: "",
		max_connections: "100",
		shared_buffers: "64MB",
		work_mem: "4MB",
		maintenance_work_mem: "64MB",
		max_wal_size: "512MB",
		// One reader process less per worker; the default method keeps three of them for reads we hardly make.
		io_method: "sync",
		jit: "off",
		autovacuum_max_workers: "2",
		max_parallel_workers_per_gather: "0",
		// A statement could quote what a person captured: errors are logged without it.
		log_min_error_statement: "panic",
		log_error_verbosity: "terse",
		timezone: "UTC",
		log_timezone: "UTC",
	};
	if (throwAway) {
		Object.assign(values, { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" });
	}
	return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

type Starting = { directory: string; port: number; child: ChildProcess; ended: Promise<void> };

/** PostgreSQL writes its state into the eighth line of its lock file; `pg_ctl` waits in the same way. */
async function untilReady({ directory, port, child, ended }: Starting): Promise<void> {
	const over = Promise.race([
		ended.then(() => "ended" as const),
		delay(startDeadlineMs, "late" as const, { ref: false }),
	]);
	for (;;) {
		const lines = (await readFile(join(directory, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
		if (lines[3] === String(port) && lines[7]?.trim() === "ready") return;
		const outcome = await Promise.race([over, delay(15, "waiting" as const)]);
		if (outcome === "waiting") continue;
		child.stdin?.end();
		throw new StartError(
			`PostgreSQL did not start: ${await lastComplaint(directory)} Its log is ${logPathOf(directory)}.`,
		);
	}
}

async function lastComplaint(directory: string): Promise<string> {
	const log = await readFile(logPathOf(directory), "utf8").catch(() => "");
	const complaints = log.split("\n").filter((line) => /FATAL|PANIC|ERROR|cannot|denied/.test(line));
	return complaints.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, "") ?? "it gave no reason.";
}

/** Beside the cluster and not in it: initdb wants an empty directory, and the log must survive a failed one. */
function logPathOf(directory: string): string {
	return `${directory}.log`;
}

async function exists(path: string): Promise<boolean> {
	return (await stat(path).catch(() => null)) !== null;
}
