import { type BlobAnnounce, type BlobUpload, blobPartBytes } from "../contract/blobs.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { BlobDeps } from "./blob-deps.ts";
import { type KnownBlob, lockBlob } from "./find-blob.ts";
import { finishUpload } from "./finish-upload.ts";
import { deviceNameOf, notePresence } from "./presence.ts";
import { maxBytesOf } from "./sniff.ts";

/** What a blob counts at least: as many empty ones as fit would be more rows than a table bears. */
const leastCountedBytes = 4_096;

/**
 * This device has it: its presence is noted, and its upload begins or goes on where it stood. An upload that was whole and cut off before it
 * was in the store is finished here. Again: the same answer.
 *
 * @throws SheafError `blobs/media-type`, `blobs/too-large`, `blobs/quota-exceeded`, `blobs/hash-mismatch`
 */
export async function announceBlob(deps: BlobDeps, principal: Principal, announced: BlobAnnounce): Promise<BlobUpload> {
	refuseUnfit(announced);
	const deviceName = await deviceNameOf(deps.identity, principal);
	const blob = await deps.database.asTenant(principal, async (sql) => {
		await lockBlobs(sql);
		const known = await lockBlob(sql, announced.sha256);
		const upload = await begin(sql, { announced, known, quotaBytes: deps.quotaBytes });
		await notePresence(sql, principal, { sha256: announced.sha256, deviceName });
		return upload;
	});
	const { sha256, receivedBytes } = blob;
	const stored = blob.stored || (receivedBytes === blob.byteSize && (await finishUpload(deps, principal, blob)));
	return { sha256, stored, receivedBytes, partBytes: blobPartBytes };
}

/** Whoever begins an upload or removes one takes this first: the quota cannot change under them. */
export function lockBlobs(sql: Transaction): Promise<unknown> {
	return sql`
		select pg_advisory_xact_lock(hashtextextended('sheaf.blobs/' || sheaf.current_workspace()::text, 0))`.execute();
}

function refuseUnfit({ mediaType, byteSize }: BlobAnnounce): void {
	const maxBytes = maxBytesOf(mediaType);
	if (maxBytes === null) throw wrongType();
	if (byteSize <= maxBytes) return;
	const message = `This is too large: at most ${maxBytes / 1024 / 1024} MB. Choose a smaller one.`;
	throw new SheafError("blobs/too-large", message, { details: { maxBytes } });
}

/** What it is was said wrong, or it is nothing that is kept. */
export function wrongType(): SheafError {
	return new SheafError(
		"blobs/media-type",
		"Sheaf does not keep files of this kind. Choose a picture, or a file of records.",
	);
}

type Beginning = { announced: BlobAnnounce; known: KnownBlob | null; quotaBytes: number };

/** The upload as it stands. One that was announced as something else, and is not there yet, begins anew as what is said now. */
async function begin(sql: Transaction, { announced, known, quotaBytes }: Beginning): Promise<KnownBlob> {
	const { sha256, byteSize, mediaType } = announced;
	const isSame = known !== null && known.byteSize === byteSize && known.mediaType === mediaType;
	if (known !== null && (known.stored || isSame)) {
		await sql`
			update sheaf.blobs_meta set touched_at = now()
			where workspace_id = sheaf.current_workspace() and sha256 = ${sha256}`;
		return known;
	}
	await refuseAboveQuota(sql, announced, quotaBytes);
	if (known !== null)
		await sql`delete from sheaf.blobs_meta where workspace_id = sheaf.current_workspace() and sha256 = ${sha256}`;
	await sql`
		insert into sheaf.blobs_meta (sha256, byte_size, media_type) values (${sha256}, ${byteSize}, ${mediaType})`;
	const begun = await lockBlob(sql, sha256);
	if (begun === null) throw new Error("an upload that was just begun is not there");
	return begun;
}

/** What is on its way counts as what is there: else a thousand uploads that nobody ends would fit. */
async function refuseAboveQuota(sql: Transaction, wanted: BlobAnnounce, quotaBytes: number): Promise<void> {
	const [others] = await sql<{ bytes: number }[]>`
		select coalesce(sum(greatest(byte_size, ${leastCountedBytes})), 0)::float8 as bytes from sheaf.blobs_meta
		where workspace_id = sheaf.current_workspace() and sha256 <> ${wanted.sha256}`;
	const usedBytes = others?.bytes ?? 0;
	if (usedBytes + Math.max(wanted.byteSize, leastCountedBytes) <= quotaBytes) return;
	throw new SheafError(
		"blobs/quota-exceeded",
		"This workspace has no room for more pictures and files. Delete some that are no longer needed, or ask whoever runs the server for more room.",
		{ details: { usedBytes, quotaBytes } },
	);
}
