import { createHash } from "node:crypto";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { ringLanes } from "../records/ring-lanes.ts";
import { lockWrites } from "../records/write-lock.ts";
import type { FinishDeps } from "./blob-deps.ts";
import { type KnownBlob, storeKey } from "./find-blob.ts";
import { wakeDeliveries } from "./wake-deliveries.ts";

/**
 * Verifies an upload whose parts are all there and brings it into the store. May be done by several at once and cut off anywhere: the parts
 * stay until the transaction that says `stored`, the key is the upload's own, and writing the same bytes there again changes nothing.
 *
 * @returns whether it is stored; false where the upload began anew meanwhile
 * @throws SheafError `blobs/hash-mismatch`: the parts are gone; `server/unavailable`: they are kept, and the next request goes on
 */
export async function finishUpload(deps: FinishDeps, principal: Principal, blob: KnownBlob): Promise<boolean> {
	const { workspaceId } = principal;
	const hash = createHash("sha256");
	let seen = 0;
	for await (const bytes of partsOf(deps, principal, blob.uploadId)) {
		hash.update(bytes);
		seen += bytes.byteLength;
	}
	// Somebody else has finished it, or begun it anew.
	if (seen !== blob.byteSize) return await isStored(deps, principal, blob);
	if (hash.digest("base64url") !== blob.sha256) {
		await deps.database.asTenant(principal, (sql) => beginAnew(sql, blob));
		throw new SheafError(
			"blobs/hash-mismatch",
			"This picture or file was damaged on its way. It is sent again by itself.",
		);
	}
	try {
		const bytes = streamOf(partsOf(deps, principal, blob.uploadId));
		await deps.blobStore.put(storeKey(workspaceId, blob.uploadId), bytes, blob.byteSize);
	} catch (error) {
		if (await isStored(deps, principal, blob)) return true;
		deps.log.error({ workspaceId, err: error }, "the store did not take a blob; its parts are kept");
		throw new SheafError(
			"server/unavailable",
			"Pictures and files cannot be stored right now. Nothing was lost; it is sent again by itself.",
		);
	}
	return await markStored(deps, principal, blob);
}

/** Its parts in order, one at a time and each in a transaction of its own: whoever takes them may be slow. */
async function* partsOf(
	{ database }: FinishDeps,
	principal: Principal,
	uploadId: string,
): AsyncGenerator<Uint8Array, void> {
	for (let offset = 0; ; ) {
		const [part] = await database.asTenant(
			principal,
			(sql) => sql<{ bytes: Uint8Array }[]>`
				select bytes from sheaf.blob_parts
				where workspace_id = sheaf.current_workspace() and upload_id = ${uploadId} and starts_at = ${offset}`,
		);
		if (part === undefined) return;
		yield part.bytes;
		offset += part.bytes.byteLength;
	}
}

function streamOf(parts: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
	return new ReadableStream({
		pull: async (controller) => {
			const { value, done } = await parts.next();
			if (done) controller.close();
			else controller.enqueue(value);
		},
		cancel: async () => {
			await parts.return();
		},
	});
}

/** With it go the parts, and what waited for it goes out. */
async function markStored(deps: FinishDeps, principal: Principal, blob: KnownBlob): Promise<boolean> {
	const { workspaceId } = principal;
	const lanes = await deps.database.asTenant(principal, async (sql) => {
		await lockWrites(sql);
		const stored = await sql`
			update sheaf.blobs_meta set stored_at = now(), touched_at = now()
			where workspace_id = sheaf.current_workspace() and upload_id = ${blob.uploadId} and stored_at is null`;
		if (stored.count === 0) return null;
		await removeParts(sql, blob.uploadId);
		return await wakeDeliveries(sql, blob.sha256);
	});
	if (lanes === null) return await isStored(deps, principal, blob);
	ringLanes(deps, workspaceId, lanes);
	return true;
}

/** Its next upload is another one: whoever still reads the parts of this one finds none, and nothing of both is mixed. */
async function beginAnew(sql: Transaction, { uploadId }: KnownBlob): Promise<void> {
	await removeParts(sql, uploadId);
	await sql`
		update sheaf.blobs_meta set upload_id = uuidv7(), received_bytes = 0
		where workspace_id = sheaf.current_workspace() and upload_id = ${uploadId} and stored_at is null`;
}

async function removeParts(sql: Transaction, uploadId: string): Promise<void> {
	await sql`delete from sheaf.blob_parts where workspace_id = sheaf.current_workspace() and upload_id = ${uploadId}`;
}

async function isStored({ database }: FinishDeps, principal: Principal, { uploadId }: KnownBlob): Promise<boolean> {
	const rows = await database.asTenant(
		principal,
		(sql) => sql`
			select 1 from sheaf.blobs_meta
			where workspace_id = sheaf.current_workspace() and upload_id = ${uploadId} and stored_at is not null`,
	);
	return rows.length === 1;
}
