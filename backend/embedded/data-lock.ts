import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "../errors.ts";
import { processBirth } from "./process-identity.ts";

export type DataLock = {
	/** Whether the last holder ended without letting go, as after a power cut. */
	wasStale: boolean;
	release(): Promise<void>;
};

/**
 * One Sheaf per data directory. The file names the process that holds it and when that was started, so that a file left by a
 * killed process is known for stale even when its id was given to another.
 *
 * @throws StartError when another Sheaf runs on this directory
 */
export async function lockDataDirectory(dataDir: string): Promise<DataLock> {
	await mkdir(dataDir, { recursive: true, mode: 0o711 });
	const path = join(dataDir, "sheaf.lock");
	const mine = `${process.pid} ${(await processBirth(process.pid)) ?? ""}\n`;
	for (let wasStale = false; ; wasStale = true) {
		if (await createExclusively(path, mine)) return { wasStale, release: () => releaseIfMine(path, mine) };
		const holder = await readFile(path, "utf8").catch(() => "");
		const [pid = "", birth = ""] = holder.trim().split(" ");
		if (birth !== "" && (await processBirth(Number(pid))) === birth) {
			throw new StartError(
				`Sheaf is already running on ${dataDir} (process ${pid}): stop that one first, or set SHEAF_DATA_DIR to another folder.`,
			);
		}
		await rm(path, { force: true });
	}
}

async function createExclusively(path: string, content: string): Promise<boolean> {
	try {
		const file = await open(path, "wx", 0o600);
		await file.writeFile(content);
		await file.close();
		return true;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
		throw error;
	}
}

async function releaseIfMine(path: string, mine: string): Promise<void> {
	if ((await readFile(path, "utf8").catch(() => "")) === mine) await rm(path, { force: true });
}
