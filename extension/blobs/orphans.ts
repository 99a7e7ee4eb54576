import type { PictureReference } from "../outbox/picture-references.ts";
import type { BlobDatabase } from "./blob-database.ts";
import { allBlobs, newPlace, removeBlobs, setPlace } from "./store.ts";

/** A picture is kept before its record is saved, and a removed record can be brought back for a while: nothing younger is cleared away. */
const graceMs = 86_400_000;

type ClearDeps = {
	blobs: BlobDatabase;
	/** Of every record there is. */
	references: () => Promise<PictureReference[]>;
	now?: () => number;
};

/**
 * Clears away pictures that no record refers to, and finds places that were missed because the clock was set back. Once at each start of
 * the browser is enough. @returns what was cleared away, by the workspaces where the server believes this device to have it
 */
export async function clearOrphans({
	blobs,
	references,
	now = Date.now,
}: ClearDeps): Promise<{ sha256: string; workspaceIds: string[] }[]> {
	const rows = await allBlobs(blobs);
	if (rows.length === 0) return [];
	const found = await references();
	for (const { sha256, workspaceId } of found) {
		const row = rows.find((one) => one.sha256 === sha256);
		if (row && workspaceId !== "" && !(workspaceId in row.places))
			await setPlace(blobs, { sha256, workspaceId }, newPlace);
	}
	const referred = new Set(found.map(({ sha256 }) => sha256));
	const gone = rows.filter(({ sha256, keptAt }) => !referred.has(sha256) && now() - keptAt > graceMs);
	await removeBlobs(
		blobs,
		gone.map(({ sha256 }) => sha256),
	);
	return gone.map(({ sha256, places }) => ({ sha256, workspaceIds: Object.keys(places) }));
}
