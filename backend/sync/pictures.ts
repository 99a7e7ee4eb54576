import { holdersOf, signedIn } from "../blobs/presence.ts";
import { openBlobs, type StoredBlob } from "../blobs/read-blob.ts";
import type { AttachedFile, ConnectorFailure } from "../connectors/connector.ts";
import type { BlobHash } from "../contract/blobs.ts";
import type { RecordProblem } from "../contract/errors.ts";
import { checkpoint } from "../telemetry/checkpoint.ts";
import type { ClaimedTarget } from "./claim.ts";
import { workerOf } from "./engine-deps.ts";
import type { LaneRun } from "./lane-run.ts";
import type { PlannedRow } from "./plan-rows.ts";
import { askRenewing, heard, type NotSent, pushTargetOf } from "./push-rows.ts";
import type { Settlement } from "./settlement.ts";
import { ended } from "./settlements.ts";

/** Looked for again after so long; whoever brings the picture rings before that. */
const lookAgainMs = 600_000;
/** A picture that has not come by then is on a device that somebody has to open. */
const patienceHours = 24;

/**
 * Rows whose pictures are all at the server, and the others settled: they wait, or after a long while need the person. A row waits as a
 * whole: without its picture it would be there half.
 */
export async function holdForPictures(
	run: LaneRun,
	target: ClaimedTarget,
	rows: readonly PlannedRow[],
): Promise<{ ready: PlannedRow[]; settled: Settlement[] }> {
	const hashes = [...new Set(rows.flatMap(({ pictures }) => Object.values(pictures)))];
	if (hashes.length === 0) return { ready: [...rows], settled: [] };
	const stored = new Set((await openAll(run, hashes)).map(({ sha256 }) => sha256));
	const missing = ({ pictures }: PlannedRow) => Object.values(pictures).find((hash) => !stored.has(hash));
	const waiting = rows.flatMap((row) => {
		const sha256 = missing(row);
		return sha256 === undefined ? [] : [{ row, sha256 }];
	});
	return {
		ready: rows.filter((row) => missing(row) === undefined),
		settled: waiting.length === 0 ? [] : await waitFor(run, target, waiting),
	};
}

type Waiting = { row: PlannedRow; sha256: BlobHash };

async function waitFor(run: LaneRun, target: ClaimedTarget, waiting: readonly Waiting[]): Promise<Settlement[]> {
	const { database } = run.deps;
	const [overdue, noted] = await database.asTenant(workerOf(run.workspaceId), async (sql) => {
		const late = sql<{ recordId: string }[]>`
			select record_id from sheaf.deliveries
			where workspace_id = sheaf.current_workspace() and target_id = ${target.id}
				and record_id = any(${waiting.map(({ row }) => row.recordId)}::uuid[])
				and accepted_at < now() - make_interval(hours => ${patienceHours})`;
		const hashes = waiting.map(({ sha256 }) => sha256);
		return await Promise.all([late, holdersOf(sql, hashes)]);
	});
	const holders = await signedIn({ asIdentity: database.asIdentity, now: Date.now }, run.workspaceId, noted);
	const late = new Set(overdue.map(({ recordId }) => recordId));
	return waiting.map(({ row, sha256 }) => {
		// Without a store nothing is found, however often it is looked for.
		const awaits = run.deps.blobStore === undefined ? null : sha256;
		if (!late.has(row.recordId)) return { ...stillWaiting(row), awaits };
		const device = holders.find((holder) => holder.sha256 === sha256)?.deviceName ?? null;
		const problem = missingPicture(device);
		const refused = ended(row, "refused", { reason: "delivery/picture-missing", problem });
		return { ...refused, attempts: row.attempts, awaits };
	});
}

/** The record did nothing wrong: nothing is counted against it. */
function stillWaiting(row: PlannedRow): Settlement {
	const problem: RecordProblem = {
		code: "delivery/picture-waiting",
		message: "A picture of this record is not at the server yet. The record waits here and is sent by itself.",
		action: "retry",
	};
	const waits = ended(row, "later", { reason: "delivery/picture-waiting", problem });
	return { ...waits, attempts: row.attempts, delayMs: lookAgainMs };
}

function missingPicture(deviceName: string | null): RecordProblem {
	const code = "delivery/picture-missing";
	if (deviceName === null) {
		const message =
			"A picture of this record has not come to the server. Open Sheaf on the device that took it, then try again.";
		return { code, message, action: "retry" };
	}
	const message = `A picture of this record is still on “${deviceName}”. Open Sheaf there, then try again.`;
	return { code, message, action: "retry", details: { case: "device", deviceName } };
}

/**
 * Puts a row's pictures into its columns, one after the other. The names carry the hash: done again after a lost reply, or by the next run
 * after this one was cut off, a picture that is there already is found by its name and stays one.
 *
 * @returns null once all are there, else what stood in the way
 */
export async function attachPictures(
	run: LaneRun,
	target: ClaimedTarget,
	{ row, remoteId }: { row: PlannedRow; remoteId: string },
): Promise<ConnectorFailure | NotSent | null> {
	const blobs = new Map((await openAll(run, Object.values(row.pictures))).map((blob) => [blob.sha256, blob]));
	for (const [columnId, sha256] of Object.entries(row.pictures)) {
		const blob = blobs.get(sha256);
		const bytes = blob === undefined ? null : await bytesOf(run, blob);
		if (blob === undefined || bytes === null) return unreadable;
		const file = { remoteId, columnId, name: fileName(blob), contentType: blob.mediaType, bytes };
		const result = await attach(run, target, file);
		if (result !== null) return result;
	}
	return null;
}

async function attach(
	run: LaneRun,
	target: ClaimedTarget,
	file: AttachedFile,
): Promise<ConnectorFailure | NotSent | null> {
	const { connector } = run;
	const { result, held } = await askRenewing<{ kind: "ok" } | ConnectorFailure>(run, target, async (call) => {
		await checkpoint("deliver/before-push");
		return connector.upload === undefined ? { kind: "ok" } : await connector.upload(call, pushTargetOf(target), file);
	});
	const outcome = await heard(run, held, result);
	return outcome.kind === "ok" ? null : outcome;
}

async function openAll({ deps, workspaceId }: LaneRun, hashes: readonly BlobHash[]): Promise<StoredBlob[]> {
	const { database, blobStore } = deps;
	if (blobStore === undefined) return [];
	return await openBlobs({ database, blobStore }, workerOf(workspaceId), hashes);
}

async function bytesOf({ deps, workspaceId }: LaneRun, blob: StoredBlob): Promise<Uint8Array | null> {
	try {
		return new Uint8Array(await new Response(await blob.read()).arrayBuffer());
	} catch (error) {
		deps.log.error({ workspaceId, err: error }, "a picture could not be read from the store");
		return null;
	}
}

/** Our own store is away: nobody is to blame, and the row is there already. */
const unreadable: ConnectorFailure = {
	kind: "later",
	afterMs: 60_000,
	countsAgainstBudget: false,
	reason: "delivery/picture-waiting",
	message: "A picture of this record cannot be read at the server right now. It is sent by itself.",
};

function fileName({ sha256, mediaType }: StoredBlob): string {
	const ending = mediaType === "image/jpeg" ? "jpg" : mediaType.replace("image/", "");
	return `sheaf-${sha256.slice(0, 16)}.${ending}`;
}
