import { execFile } from "node:child_process";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { StartError } from "../errors.ts";
import type { ServerUser } from "./server-user.ts";

export type InitdbOptions = {
	/** Absolute path of the program. */
	initdb: string;
	user: ServerUser;
	directory: string;
	password: string;
	throwAway?: boolean;
};

/**
 * Makes an empty cluster. Its locale is PostgreSQL's own C.UTF-8, so that sorting does not change with the machine's C
 * library. When it fails halfway, initdb empties the directory again.
 */
export async function runInitdb({ initdb, user, directory, password, throwAway }: InitdbOptions): Promise<void> {
	const handover = await mkdtemp(join(tmpdir(), "sheaf-initdb-"));
	const passwordFile = join(handover, "password");
	try {
		await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
		if (user.ids !== null) {
			await Promise.all([handover, passwordFile].map((path) => chown(path, user.ids?.uid ?? 0, user.ids?.gid ?? 0)));
		}
		const flags = [
			`--pgdata=${directory}`,
			`--pwfile=${passwordFile}`,
			"--username=postgres",
			"--auth=scram-sha-256",
			"--encoding=UTF8",
			"--locale-provider=builtin",
			"--builtin-locale=C.UTF-8",
			"--locale=C",
			"--no-instructions",
			...(throwAway ? ["--no-sync"] : []),
		];
		await promisify(execFile)(initdb, flags, { ...user.ids, cwd: "/", env: { LC_ALL: "C", TZ: "UTC" } });
	} catch (error) {
		const reason = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(0) : "";
		throw new StartError(`PostgreSQL could not make its data directory ${directory}: ${reason ?? ""}`);
	} finally {
		await rm(handover, { recursive: true, force: true });
	}
}
