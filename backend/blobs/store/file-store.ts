import { constants } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type BlobStore, BytesMissing, checkedKey, counted } from "./blob-store.ts";

/** The name of the whole file in its folder; what is being written beside it has another one. */
const wholeName = "bytes";

/**
 * Bytes in a folder of this machine, one folder per key. What is written gets its name only when it is whole and on the disk, so that a
 * process that is killed meanwhile leaves nothing under that name.
 *
 * @param directory absolute; made when the first bytes come
 */
export function createFileStore(directory: string): BlobStore {
	const folderOf = (key: string) => join(directory, checkedKey(key));
	return {
		put: async (key, bytes, byteSize) => {
			const folder = folderOf(key);
			const made = await mkdir(folder, { recursive: true, mode: 0o700 });
			const part = `${crypto.randomUUID()}.part`;
			try {
				await writeWhole(join(folder, part), counted(bytes, byteSize));
				await rename(join(folder, part), join(folder, wholeName));
			} catch (error) {
				await rm(join(folder, part), { force: true });
				// Somebody else was first with the same bytes, and tidied up (`forgetOldParts`).
				if (codeOf(error) !== "ENOENT" || !(await isThere(join(folder, wholeName)))) throw error;
			}
			await Promise.all([flushFolders(folder, highestOf(directory, made)), forgetOldParts(folder)]);
		},
		read: async (key, range) => {
			const path = join(folderOf(key), wholeName);
			if (!(await isThere(path))) throw new BytesMissing("nothing is under this key");
			const file = Bun.file(path);
			return (range === undefined ? file : file.slice(range.from, range.to)).stream();
		},
		remove: (key) => rm(folderOf(key), { recursive: true, force: true }),
	};
}

async function writeWhole(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
	const file = await open(path, "wx", 0o600);
	try {
		await writeFile(file, chunks);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** How far up folders may be new: to the store's own, and to the one in which the first was made now. */
function highestOf(directory: string, made: string | undefined): string {
	const [own, above] = [resolve(directory), made === undefined ? null : dirname(resolve(made))];
	return above !== null && own.startsWith(above) ? above : own;
}

/** The new name too is on the disk only once its folder is, and a folder's once the one above it is, whoever made it. */
async function flushFolders(folder: string, highest: string): Promise<void> {
	for (let path = resolve(folder); path.startsWith(highest); path = dirname(path)) {
		await flushFolder(path);
		if (path === highest) return;
	}
}

async function flushFolder(folder: string): Promise<void> {
	const handle = await open(folder, constants.O_RDONLY);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** What an earlier try left that was killed. One that is still on its way brings the same bytes. */
async function forgetOldParts(folder: string): Promise<void> {
	const names = (await readdir(folder)).filter((name) => name !== wholeName);
	await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}

function isThere(path: string): Promise<boolean> {
	return access(path, constants.R_OK).then(
		() => true,
		() => false,
	);
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && "code" in error ? error.code : undefined;
}
