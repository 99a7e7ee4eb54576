import type { Client } from "../api/client.ts";
import { BlobDatabase, blobsName, isThere } from "../blobs/blob-database.ts";
import { clearOrphans } from "../blobs/orphans.ts";
import { hurryBlobs, uploadWaiting } from "../blobs/upload-waiting.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import type { OutboxDatabase } from "../outbox/database.ts";
import { outboxName } from "../outbox/outbox.ts";
import { everyReference, referencesMissed, referencesSince } from "../outbox/picture-references.ts";
import { type Account, maySendTo } from "../settings/account.ts";

export type PictureCarrierDeps = {
	account: () => Promise<Account | null>;
	/** Of whoever is current. */
	outbox: () => Promise<OutboxDatabase>;
	deviceId: () => Promise<string>;
	/** Clients that speak for this person, each in one workspace, and for nobody else. */
	clientsOf: (
		userId: string,
	) => (workspaceId: string) => Pick<Client, "announceBlob" | "putBlobPart" | "dropBlobPresence">;
	locks: OneAtATime;
	/** Epoch milliseconds, or null for none. */
	setAlarm: (at: number | null) => Promise<void>;
	/** Something came to the server that a delivery may have waited for. */
	onStored: () => void;
};

/** Brings pictures to the server beside the courier: a large one must not hold records up. Nothing of it rejects. */
export type PictureCarrier = {
	/** Uploads what is due. A call while it is at it leads to one more round. */
	carry(): Promise<void>;
	/** The network came back: what waits out a back-off is due now. */
	hurry(): Promise<void>;
	/** Once at each start of the browser: what no record refers to goes. */
	tidy(): Promise<void>;
};

/** Chrome wakes no earlier; should the worker be stopped in the middle of an upload, this goes on with it. */
const soonestMs = 30_000;

export const createPictureCarrier = (deps: PictureCarrierDeps): PictureCarrier => {
	let running: Promise<void> | null = null;
	let asked = false;
	const rounds = async (): Promise<void> => {
		do {
			asked = false;
			await quietly(() => round(deps));
		} while (asked);
		// In the same turn as the check above: a call from now on starts anew.
		running = null;
	};
	const carry = (): Promise<void> => {
		asked = true;
		running ??= rounds();
		return running;
	};
	return {
		carry,
		hurry: async () => {
			await quietly(() => withBlobs(deps, ({ blobs }) => hurryBlobs(blobs)));
			await carry();
		},
		tidy: () => quietly(() => withBlobs(deps, (place) => tidy(deps, place))),
	};
};

const quietly = async (work: () => Promise<void>): Promise<void> => {
	try {
		await work();
	} catch {
		// The pictures are safe on this device; the alarm, or the next round of the courier, tries again.
	}
};

type Place = { blobs: BlobDatabase; outbox: OutboxDatabase; signedIn: Account | null };

/** The pictures of whoever is current; nothing is done where there are none. */
const withBlobs = async (deps: PictureCarrierDeps, work: (place: Place) => Promise<void>): Promise<void> => {
	const [signedIn, outbox] = [await deps.account(), await deps.outbox()];
	const own = outboxName({ userId: signedIn?.userId ?? null, deviceId: await deps.deviceId() });
	if (outbox.name !== own || !(await isThere(blobsName(own)))) return;
	const blobs = new BlobDatabase(blobsName(own));
	try {
		await work({ blobs, outbox, signedIn });
	} finally {
		blobs.close();
	}
};

const round = (deps: PictureCarrierDeps): Promise<void> =>
	withBlobs(deps, async ({ blobs, outbox, signedIn }) => {
		// A guest's pictures stay here like their records.
		if (!signedIn?.workspaceId) return;
		await deps.setAlarm(Date.now() + soonestMs);
		const workspaceIds = signedIn.workspaces.map(({ id }) => id);
		const { stored, nextAt } = await uploadWaiting({
			blobs,
			references: (hashes, sinceMs) => referencesSince(outbox, { hashes, sinceMs, workspaceIds }),
			missed: () => referencesMissed(outbox, workspaceIds),
			clientFor: deps.clientsOf(signedIn.userId),
			mayWrite: (workspaceId) => maySendTo(signedIn, workspaceId),
			locks: deps.locks,
		});
		await deps.setAlarm(nextAt === null ? null : Math.max(nextAt, Date.now() + soonestMs));
		if (stored > 0) deps.onStored();
	});

const tidy = async (deps: PictureCarrierDeps, { blobs, outbox, signedIn }: Place): Promise<void> => {
	const gone = await clearOrphans({ blobs, references: () => everyReference(outbox) });
	if (signedIn === null) return;
	const clientFor = deps.clientsOf(signedIn.userId);
	for (const { sha256, workspaceIds } of gone) {
		for (const workspaceId of workspaceIds) await clientFor(workspaceId).dropBlobPresence(sha256);
	}
};
