import { execFile } from "node:child_process";
import { chown, cp, mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { StartError } from "../errors.ts";
import type { Binaries } from "./binaries.ts";

const run = promisify(execFile);

/** The account a server runs under. `ids` is null when that is our own. */
export type ServerUser = { ids: { uid: number; gid: number } | null };

const accountName = "postgres";

/** Our own account, or as root the account `postgres`, which is made when missing: PostgreSQL refuses to run as root. */
export async function findServerUser(): Promise<ServerUser> {
	if (process.getuid?.() !== 0) return { ids: null };
	return { ids: (await lookUp()) ?? (await create()) };
}

async function lookUp(): Promise<{ uid: number; gid: number } | null> {
	try {
		const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, accountName])));
		return uid === undefined || gid === undefined ? null : { uid: Number(uid.stdout), gid: Number(gid.stdout) };
	} catch {
		return null;
	}
}

async function create(): Promise<{ uid: number; gid: number }> {
	try {
		await run("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", accountName]);
	} catch {
		// Another start may have made it at this moment; the look-up decides.
	}
	const made = await lookUp();
	if (made !== null) return made;
	throw new StartError(
		'PostgreSQL does not run as root and the account "postgres" could not be made: run Sheaf as another user, make that account, or set DATABASE_URL.',
	);
}

/** Whether the server's account may pass through every directory above `path`. */
export async function canReach(user: ServerUser, path: string): Promise<boolean> {
	if (user.ids === null) return true;
	for (let directory = dirname(path); ; directory = dirname(directory)) {
		const found = await stat(directory).catch(() => null);
		if (found !== null) {
			const bit = found.uid === user.ids.uid ? 0o100 : found.gid === user.ids.gid ? 0o010 : 0o001;
			if ((found.mode & bit) === 0) return false;
		}
		if (directory === dirname(directory)) return true;
	}
}

/** Makes `path` (mode 0700) for the server's account. */
export async function makeServerDirectory(user: ServerUser, path: string): Promise<void> {
	await mkdir(path, { recursive: true, mode: 0o700 });
	if (user.ids !== null) await chown(path, user.ids.uid, user.ids.gid);
}

const shelter = "/var/lib/sheaf";

/** A new directory of the server's account inside `parent`, or under `/var/lib/sheaf` when `parent` is closed to it. */
export async function makeReachableDirectory(user: ServerUser, parent: string, prefix: string): Promise<string> {
	const within = (await canReach(user, join(parent, prefix))) ? parent : shelter;
	await mkdir(within, { recursive: true, mode: 0o755 });
	const made = await mkdtemp(join(within, prefix));
	if (user.ids !== null) await chown(made, user.ids.uid, user.ids.gid);
	return made;
}

/** The programs, copied out of a closed directory (a clone under `/root`) once per version when need be. */
export async function reachableBinaries(user: ServerUser, binaries: Binaries): Promise<Binaries> {
	if (await canReach(user, binaries.postgres)) return binaries;
	const native = dirname(dirname(binaries.postgres));
	const { size, mtimeMs } = await stat(binaries.postgres);
	const copy = join(shelter, `postgres-${size}-${Math.trunc(mtimeMs)}`);
	const complete = { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres") };
	if ((await stat(complete.postgres).catch(() => null)) === null) await copyWhole(native, copy);
	return complete;
}

/** Through a neighbour that is renamed at the end, so that a copy which was cut off is never taken for a whole one. */
async function copyWhole(from: string, to: string): Promise<void> {
	await mkdir(shelter, { recursive: true, mode: 0o755 });
	const partial = await mkdtemp(`${to}-`);
	await cp(from, partial, { recursive: true, verbatimSymlinks: true });
	await run("chmod", ["-R", "a+rX", partial]);
	await rename(partial, to).catch(() => rm(partial, { recursive: true }));
}
