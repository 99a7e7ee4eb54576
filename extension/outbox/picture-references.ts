import type { Fields } from "../../backend/contract/fields.ts";
import { hashOfAddress } from "../blobs/address.ts";
import type { OutboxDatabase } from "./database.ts";
import type { RecordRow } from "./schema.ts";

/** A picture that a record of that workspace refers to. */
export type PictureReference = { sha256: string; workspaceId: string };

/** The hashes of the pictures of this device's making that a record refers to. */
export function picturesOfFields(fields: Fields): string[] {
	const addresses = Object.values(fields).flatMap((field) => (field.type === "image" ? [field.value] : []));
	return addresses.map(hashOfAddress).filter((sha256) => sha256 !== null);
}

/** Also of what an update that is being taken back gives way to. */
export function picturesOfRow({ fields, undoTo }: Pick<RecordRow, "fields" | "undoTo">): string[] {
	return [...picturesOfFields(fields), ...(undoTo ? picturesOfFields(undoTo.fields) : [])];
}

/**
 * Which of these pictures are referred to by records that were written since (epoch milliseconds). Records that belong to no workspace
 * yet are left out: where they go decides where their pictures do.
 */
export async function referencesSince(
	database: OutboxDatabase,
	{ hashes, sinceMs, workspaceIds }: { hashes: ReadonlySet<string>; sinceMs: number; workspaceIds: readonly string[] },
): Promise<PictureReference[]> {
	const rows = await database.read(async (transaction) => {
		const index = transaction.objectStore("records").index("byWorkspaceUpdated");
		const found = workspaceIds.map((id) =>
			index.getAll(IDBKeyRange.bound([id, sinceMs], [id, Number.POSITIVE_INFINITY])),
		);
		return (await Promise.all(found)).flat();
	});
	return rows.flatMap((row) =>
		picturesOfRow(row)
			.filter((sha256) => hashes.has(sha256))
			.map((sha256) => ({ sha256, workspaceId: row.workspaceId })),
	);
}

const missing: ReadonlySet<string> = new Set(["delivery/picture-waiting", "delivery/picture-missing"]);

/** The pictures of records that the server cannot send on, because it says that it has not all of theirs. */
export async function referencesMissed(
	database: OutboxDatabase,
	workspaceIds: readonly string[],
): Promise<PictureReference[]> {
	const rows = await database.read(async (transaction) => {
		const index = transaction.objectStore("records").index("byWorkspaceStanding");
		const found = workspaceIds.flatMap((id) => [index.getAll([id, "waiting"]), index.getAll([id, "needs_you"])]);
		return (await Promise.all(found)).flat();
	});
	return rows
		.filter(({ problem }) => problem !== null && missing.has(problem.code))
		.flatMap((row) => picturesOfRow(row).map((sha256) => ({ sha256, workspaceId: row.workspaceId })));
}

/** Every picture that any record refers to, also one that is being removed: Undo brings it back. */
export function everyReference(database: OutboxDatabase): Promise<PictureReference[]> {
	return database.read(async (transaction) => {
		const found: PictureReference[] = [];
		const add = (row: RecordRow) => {
			for (const sha256 of picturesOfRow(row)) found.push({ sha256, workspaceId: row.workspaceId });
		};
		// One at a time: a person may have thousands of articles.
		for (let cursor = await transaction.objectStore("records").openCursor(); cursor; cursor = await cursor.continue()) {
			add(cursor.value);
		}
		for (let cursor = await transaction.objectStore("entries").openCursor(); cursor; cursor = await cursor.continue()) {
			if (cursor.value.tombstone) add(cursor.value.tombstone);
		}
		return found;
	});
}
