import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { freemem } from "node:os";
import { join } from "node:path";

const memoryFolder = "/dev/shm";

/** The browsers' profiles and the databases of a run together, several times over. */
const enoughBytes = 8 * 2 ** 30;

const prefix = "sheaf-run-";

/**
 * Has this process and those it starts keep their temporary files in memory, where the machine has such a folder and the room:
 * a browser waits for the disk with each capture, and what is stored here is thrown away. A process that is killed loses no
 * more by that than by the page cache. Elsewhere they go where they always go.
 *
 * @returns what removes the folder
 */
export function keepScratchInMemory({ roomBytes = enoughBytes } = {}): () => void {
	if (freemem() < roomBytes || freeBytes(memoryFolder) < roomBytes) return () => {};
	removeLeftOver();
	const before = process.env["TMPDIR"];
	const folder = join(memoryFolder, `${prefix}${process.pid}`);
	mkdirSync(folder);
	// PostgreSQL, which does not run as root, has to get through.
	chmodSync(folder, 0o711);
	process.env["TMPDIR"] = folder;
	return () => {
		if (before === undefined) delete process.env["TMPDIR"];
		else process.env["TMPDIR"] = before;
		remove(folder);
	};
}

/** What runs left that were killed: nobody else gives the memory back. */
function removeLeftOver(): void {
	for (const name of readdirSync(memoryFolder)) {
		if (name.startsWith(prefix) && !existsSync(`/proc/${name.slice(prefix.length)}`)) remove(join(memoryFolder, name));
	}
}

function remove(folder: string): void {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** 0 where there is no such folder. */
function freeBytes(folder: string): number {
	try {
		const { bavail, bsize } = statfsSync(folder);
		return bavail * bsize;
	} catch {
		return 0;
	}
}
