import { ApiFailure } from "../api/api-failure.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { drawBackOff } from "../outbox/back-off.ts";
import type { PictureReference } from "../outbox/picture-references.ts";
import { maxHoldMs, verdictOn } from "../outbox/verdict.ts";
import type { BlobDatabase, BlobPlace, BlobRow } from "./blob-database.ts";
import { allBlobs, blobRow, newPlace, readBlob, setPlace, storedPlace } from "./store.ts";
import { type BlobSource, type UploadClient, uploadBlob } from "./upload.ts";

export type UploadWaitingDeps = {
	blobs: BlobDatabase;
	/** Which of these are referred to by records written since, and of which workspaces. */
	references: (hashes: ReadonlySet<string>, sinceMs: number) => Promise<PictureReference[]>;
	/** Which pictures the server says that it has not, though records refer to them. */
	missed: () => Promise<PictureReference[]>;
	/** A client whose requests go to that workspace. */
	clientFor: (workspaceId: string) => UploadClient;
	/** Whether the person's role there lets them write; what may not be sent waits. */
	mayWrite: (workspaceId: string) => boolean;
	locks: OneAtATime;
	signal?: AbortSignal;
	now?: () => number;
	/** Between 0 and 1; tests fix it. */
	random?: () => number;
};

export type UploadOutcome = {
	/** `held`: the server asked for silence. `busy`: another context is at it. Else as it says. */
	kind: "done" | "later" | "held" | "signed-out" | "busy";
	/** How many are at the server now that were not before. */
	stored: number;
	/** When it is worth coming back (epoch milliseconds), or null when nothing waits. */
	nextAt: number | null;
};

type Run = Required<Omit<UploadWaitingDeps, "signal" | "locks">> & { signal: AbortSignal | undefined; stored: number };
type Stop = Exclude<UploadOutcome["kind"], "done" | "busy">;
type Waiting = { row: BlobRow; workspaceId: string; place: BlobPlace };

/** A sign-in starts an upload by itself; this is for a refusal that passes without one. */
const signedOutRecheckMs = 60_000;
const recheckMs = 250;
/** What is full may be emptied, and a role raised, without anybody telling this device. */
const slowRecheckMs = 3_600_000;
/** How many may fail in a row before the way to the server is the one to blame. */
const maxFailures = 2;

/**
 * Brings every picture that a saved record refers to to the server, one uploader at a time over all contexts. It can be cut off
 * anywhere: the server says from where the next one goes on. @throws OutboxError when the local database fails; ApiFailure never
 */
export async function uploadWaiting(deps: UploadWaitingDeps): Promise<UploadOutcome> {
	const { now = Date.now, random = Math.random, signal, locks, ...given } = deps;
	const run: Run = { ...given, now, random, signal, stored: 0 };
	const kind = await locks.ifFree(`${deps.blobs.name}/upload`, () => uploadUntilDone(run));
	return { kind: kind ?? "busy", stored: run.stored, nextAt: await nextAtAfter(run, kind) };
}

async function uploadUntilDone(run: Run): Promise<"done" | Stop> {
	if ((await heldUntil(run)) > 0) return "held";
	await placeNew(run);
	await placeMissed(run);
	let failures = 0;
	for (const waiting of await waitingFor(run)) {
		if (run.signal?.aborted) return "later";
		if (isAhead(waiting.place.notBefore, run.now())) continue;
		const stop = await uploadOne(run, waiting);
		if (stop === "failed") failures += 1;
		else if (stop !== null) return stop;
		if (failures >= maxFailures) return "later";
	}
	return failures > 0 ? "later" : "done";
}

/** A picture goes where a record that was saved refers to it: one of a draft stays here. */
async function placeNew({ blobs, references }: Run): Promise<void> {
	const unplaced = (await allBlobs(blobs)).filter(({ places }) => Object.keys(places).length === 0);
	if (unplaced.length === 0) return;
	const sinceMs = Math.min(...unplaced.map(({ keptAt }) => keptAt));
	const found = await references(new Set(unplaced.map(({ sha256 }) => sha256)), sinceMs);
	for (const { sha256, workspaceId } of found) await setPlace(blobs, { sha256, workspaceId }, newPlace);
}

/** A server removes what no record of its own refers to: one that waited here for long is referred to too late, and goes there again. */
async function placeMissed({ blobs, missed, now }: Run): Promise<void> {
	for (const { sha256, workspaceId } of await missed()) {
		const place = (await blobRow(blobs, sha256))?.places[workspaceId];
		if (place?.state !== "stored" || isAhead(place.notBefore, now())) continue;
		await setPlace(blobs, { sha256, workspaceId }, newPlace);
	}
}

/** A longer pause than there is was written before the clock was set back. */
function isAhead(notBefore: number, nowMs: number): boolean {
	return notBefore > nowMs && notBefore <= nowMs + slowRecheckMs;
}

async function waitingFor({ blobs, mayWrite }: Run): Promise<Waiting[]> {
	const rows = (await allBlobs(blobs)).toSorted((a, b) => a.keptAt - b.keptAt);
	return rows.flatMap((row) =>
		Object.entries(row.places)
			.filter(([workspaceId, place]) => isWaiting(place) && mayWrite(workspaceId))
			.map(([workspaceId, place]) => ({ row, workspaceId, place })),
	);
}

/** A full server may have room again. */
function isWaiting({ state, problem }: BlobPlace): boolean {
	return state === "waiting" || (state === "refused" && problem?.code === "blobs/quota-exceeded");
}

/** @returns why the run ends, `failed` when this one did, or null when it may go on */
async function uploadOne(run: Run, { row, workspaceId, place }: Waiting): Promise<Stop | "failed" | null> {
	const { blobs, signal, now } = run;
	const which = { sha256: row.sha256, workspaceId };
	try {
		await uploadBlob(sourceIn(blobs, row), { client: run.clientFor(workspaceId), ...(signal && { signal }) });
		// What a record was missing before this is no reason to ask again: how it stands now is known a little later.
		await setPlace(blobs, which, { ...storedPlace, notBefore: now() + slowRecheckMs });
		run.stored += 1;
		return null;
	} catch (error) {
		if (isForGood(error)) {
			const { code, message } = error;
			const refused = { code, message };
			await setPlace(blobs, which, {
				...place,
				state: "refused",
				notBefore: now() + slowRecheckMs,
				problem: refused,
			});
			return null;
		}
		return await putOff(run, { row, workspaceId, place }, error);
	}
}

async function putOff(run: Run, { row, workspaceId, place }: Waiting, error: unknown): Promise<Stop | "failed" | null> {
	const { blobs, now, random } = run;
	const which = { sha256: row.sha256, workspaceId };
	const verdict = verdictOn(error);
	switch (verdict.kind) {
		case "sign-in":
			return "signed-out";
		case "hold":
			await blobs.write((transaction) => transaction.objectStore("meta").put(now() + verdict.forMs, "holdUntil"));
			return "held";
		case "expelled":
			// Its records there go elsewhere or stay here, and their picture with them.
			await setPlace(blobs, which, null);
			return null;
		case "forbidden":
			await setPlace(blobs, which, { ...place, notBefore: now() + slowRecheckMs });
			return null;
		default: {
			const attempts = place.attempts + 1;
			const notBefore = now() + drawBackOff(random)(attempts);
			await setPlace(blobs, which, { ...place, state: "waiting", attempts, notBefore });
			return "failed";
		}
	}
}

const forGood: ReadonlySet<string> = new Set(["blobs/too-large", "blobs/quota-exceeded", "blobs/media-type"]);

function isForGood(error: unknown): error is ApiFailure {
	return error instanceof ApiFailure && forGood.has(error.code);
}

function sourceIn(blobs: BlobDatabase, { sha256, byteSize, mediaType }: BlobRow): BlobSource {
	return {
		sha256,
		byteSize,
		mediaType,
		read: async (start, end) => (await readBlob(blobs, sha256, { start, end })) ?? new Blob(),
	};
}

async function nextAtAfter(run: Run, kind: UploadOutcome["kind"] | null): Promise<number | null> {
	const waiting = await waitingFor(run);
	if (waiting.length === 0) return null;
	const dueAt = Math.min(...waiting.map(({ place }) => place.notBefore));
	const pauseMs = kind === "signed-out" ? signedOutRecheckMs : recheckMs;
	return Math.max(dueAt, await heldUntil(run), run.now() + pauseMs);
}

/** 0: not held. Stored, so that a worker that starts anew keeps away too. */
async function heldUntil({ blobs, now }: Run): Promise<number> {
	const until = await blobs.read((transaction) => transaction.objectStore("meta").get("holdUntil"));
	return typeof until === "number" && until > now() && until <= now() + maxHoldMs ? until : 0;
}

/** The person is back online, or asks for it: whatever waits is due now. */
export async function hurryBlobs(blobs: BlobDatabase): Promise<void> {
	for (const { sha256, places } of await allBlobs(blobs)) {
		for (const [workspaceId, place] of Object.entries(places)) {
			if (place.state !== "stored") await setPlace(blobs, { sha256, workspaceId }, { ...place, notBefore: 0 });
		}
	}
}
