import { openBlobs, type StoredBlob } from "../../blobs/read-blob.ts";
import { BytesMissing } from "../../blobs/store/blob-store.ts";
import type { Principal } from "../../db/principal.ts";
import type { ExportDeps } from "./export-deps.ts";
import { jsonLines, tenantPages } from "./pages.ts";
import type { ArchiveFile } from "./zip-stream.ts";

const blobsAtOnce = 100;

type BlobRow = { sha256: string; byteSize: number; mediaType: string; stored: boolean; createdAt: Date };

/**
 * The workspace's pictures and files: a list that says which file each is, and those whose bytes are at the server as they are. One at a time,
 * in the pieces that the store gives; one that the store has lost is in the list alone.
 */
export async function* blobFiles(
	deps: ExportDeps,
	principal: Principal,
	folder: string,
): AsyncGenerator<ArchiveFile, void> {
	yield { name: `${folder}pictures-and-files.jsonl`, content: jsonLines(listedPages(deps, principal)) };
	for await (const rows of blobPages(deps, principal)) {
		const hashes = rows.map(({ sha256 }) => sha256);
		for (const blob of await openBlobs(deps, principal, hashes)) {
			const content = await bytesOf(blob);
			if (content !== null) yield { name: `${folder}${fileName(blob)}`, content };
		}
	}
}

async function bytesOf(blob: StoredBlob): Promise<AsyncIterable<Uint8Array> | null> {
	try {
		return await blob.read();
	} catch (error) {
		if (error instanceof BytesMissing) return null;
		throw error;
	}
}

/** As the list shows them; records name a picture by `sha256`. */
async function* listedPages(deps: ExportDeps, principal: Principal) {
	for await (const rows of blobPages(deps, principal)) {
		yield rows.map((row) => ({ ...row, file: row.stored ? fileName(row) : null }));
	}
}

function blobPages({ database }: ExportDeps, principal: Principal) {
	return tenantPages<BlobRow>(database.asTenant, principal, {
		size: blobsAtOnce,
		read: async (sql, after) =>
			await sql<BlobRow[]>`
				select sha256, byte_size::float8 as byte_size, media_type, stored_at is not null as stored, created_at
				from sheaf.blobs_meta
				where workspace_id = sheaf.current_workspace() and (${after?.sha256 ?? null}::text is null or sha256 > ${after?.sha256 ?? null})
				order by sha256 limit ${blobsAtOnce}`,
	});
}

const endings: Readonly<Record<string, string>> = {
	"image/jpeg": "jpg",
	"text/plain": "txt",
	"text/tab-separated-values": "tsv",
	"application/x-ndjson": "jsonl",
};

function fileName({ sha256, mediaType }: Pick<BlobRow, "sha256" | "mediaType">): string {
	return `pictures-and-files/${sha256}.${endings[mediaType] ?? mediaType.split("/")[1] ?? "bin"}`;
}
