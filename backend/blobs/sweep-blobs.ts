import type { Logger } from "pino";
import type { AsService } from "../db/as-service.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Doorbell } from "../records/ring-lanes.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { wait } from "../sync/wait.ts";
import { storeKey } from "./find-blob.ts";
import { finishUpload } from "./finish-upload.ts";
import { removeUnreferenced } from "./remove-unreferenced.ts";
import type { BlobStore } from "./store/blob-store.ts";

const everyMs = 600_000;

export type SweepDeps = Doorbell & {
	database: { asTenant: AsTenant; asService: AsService };
	blobStore: BlobStore;
	/** An upload that nothing was added to for so long goes. */
	unfinishedHours: number;
	/** What nothing refers to goes so long after a device last said that it has it. */
	keepDays: number;
	log: Pick<Logger, "warn" | "error">;
};

/** Tidies up now and then, until the signal is aborted. Several may at once: each step is done again without harm. */
export async function startBlobSweep(
	deps: SweepDeps,
	signal: AbortSignal,
	intervalMs: number = everyMs,
): Promise<void> {
	while (!signal.aborted) {
		try {
			await sweepBlobs(deps, signal);
		} catch (error) {
			deps.log.warn({ err: error }, "the sweep of blobs found no answer; it tries again");
		}
		await wait(intervalMs, signal);
	}
}

/**
 * Once over all workspaces: brings into the store what was whole and cut off before it, lets go of uploads that nobody ends and of what nothing
 * refers to, and removes the bytes of what is gone. In this order, so that one round is enough.
 */
export async function sweepBlobs(deps: SweepDeps, signal: AbortSignal): Promise<void> {
	for (const workspaceId of await workspacesWith(deps, "unfinished")) {
		if (signal.aborted) return;
		await finishCutOff(deps, workspaceId);
		await removeUnfinished(deps, workspaceId);
	}
	for (const workspaceId of await workspacesWith(deps, "old")) {
		if (signal.aborted) return;
		await removeUnreferenced(deps, workspaceId);
	}
	for (const workspaceId of await workspacesWith(deps, "removals")) {
		if (signal.aborted) return;
		await removeBytes(deps, workspaceId);
	}
}

/** Over all tenants, and no content. */
async function workspacesWith(
	{ database, keepDays }: SweepDeps,
	what: "unfinished" | "old" | "removals",
): Promise<string[]> {
	const rows = await database.asService("find the workspaces with blobs to tidy up", async (sql) => {
		if (what === "removals") {
			return await sql<{ workspaceId: string }[]>`
				select distinct workspace_id from sheaf.blob_removals where due_at <= now()`;
		}
		const isWanted =
			what === "unfinished" ? sql`stored_at is null` : sql`touched_at < now() - make_interval(days => ${keepDays})`;
		return await sql<{ workspaceId: string }[]>`select distinct workspace_id from sheaf.blobs_meta where ${isWanted}`;
	});
	return rows.map(({ workspaceId }) => workspaceId);
}

/** Whose process was killed between the last part and the store. Left alone for a minute: it may be on its way. */
async function finishCutOff(deps: SweepDeps, workspaceId: string): Promise<void> {
	const worker = workerOf(workspaceId);
	const whole = await deps.database.asTenant(
		worker,
		(sql) => sql<{ sha256: string; byteSize: number; mediaType: string; uploadId: string }[]>`
			select sha256, byte_size::float8 as byte_size, media_type, upload_id from sheaf.blobs_meta
			where workspace_id = sheaf.current_workspace() and stored_at is null and received_bytes = byte_size
				and touched_at < now() - interval '1 minute'`,
	);
	for (const blob of whole) {
		const upload = { ...blob, receivedBytes: blob.byteSize, stored: false };
		await finishUpload(deps, worker, upload).catch((error: unknown) => {
			deps.log.warn({ workspaceId, err: error }, "an upload that was cut off could not be finished");
		});
	}
}

async function removeUnfinished({ database, unfinishedHours }: SweepDeps, workspaceId: string): Promise<void> {
	await database.asTenant(
		workerOf(workspaceId),
		(sql) => sql`
			delete from sheaf.blobs_meta
			where workspace_id = sheaf.current_workspace() and stored_at is null and received_bytes < byte_size
				and touched_at < now() - make_interval(hours => ${unfinishedHours})`,
	);
}

/** First the bytes and then the note of them: cut off between, they are removed once more. The workspace itself may be gone. */
async function removeBytes({ database, blobStore }: SweepDeps, workspaceId: string): Promise<void> {
	const worker = workerOf(workspaceId);
	const due = await database.asTenant(
		worker,
		(sql) => sql<{ uploadId: string }[]>`
			select upload_id from sheaf.blob_removals
			where workspace_id = sheaf.current_workspace() and due_at <= now() order by due_at limit 1000`,
	);
	for (const { uploadId } of due) {
		await blobStore.remove(storeKey(workspaceId, uploadId));
		await database.asTenant(
			worker,
			(sql) => sql`
				delete from sheaf.blob_removals where workspace_id = sheaf.current_workspace() and upload_id = ${uploadId}`,
		);
	}
}
