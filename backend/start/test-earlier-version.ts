/** The version before this one, to run it beside this one. */
import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));

export type EarlierVersion = {
	mainFile: string /** False where the clone has no history: this version plays both. */;
	isOlder: boolean;
};

/**
 * What was there before the newest migration was added, with the packages of today.
 *
 * @param folder where its files are put; it has to be removed afterwards
 */
export async function earlierVersion(folder: string): Promise<EarlierVersion> {
	const commit = beforeNewestMigration();
	if (commit === null) {
		console.warn("This clone has no history (git fetch --unshallow): this version is deployed over itself.");
		return { mainFile: join(repository, "backend/main.ts"), isOlder: false };
	}
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const unpack = `git archive ${commit} backend migrations package.json | tar --extract --directory "$0"`;
	const { exitCode, stderr } = Bun.spawnSync(["bash", "-c", `set -o pipefail; ${unpack}`, folder], { cwd: repository });
	if (exitCode !== 0) throw new Error(`The version before could not be unpacked: ${stderr.toString()}`);
	await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
	return { mainFile: join(folder, "backend/main.ts"), isOlder: true };
}

/** The commit before the one that added the newest migration; null in a clone without it. */
function beforeNewestMigration(): string | null {
	const added = git("log", "-1", "--diff-filter=A", "--format=%H", "--", "migrations/[0-9]*.sql");
	return added === "" ? null : git("rev-parse", "--verify", "--quiet", `${added}^`) || null;
}

/** What git prints, or nothing where it fails. */
function git(...args: string[]): string {
	const { exitCode, stdout } = Bun.spawnSync(["git", ...args], { cwd: repository, stderr: "ignore" });
	return exitCode === 0 ? stdout.toString().trim() : "";
}
