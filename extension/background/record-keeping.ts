import { makeDeviceKey } from "../api/seal-key.ts";
import { deleteSealKey, deleteServerKeysBut, readSealKeys } from "../api/session-database.ts";
import type { RecordKeeping } from "../api/session-deps.ts";
import { BlobDatabase, blobsName, deleteBlobDatabase } from "../blobs/blob-database.ts";
import { closeBlobs, putBlobsAway, takeBlobsOut } from "../blobs/seal-blobs.ts";
import { forgetOthersRings } from "../diagnostics/ring-database.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { deleteOutboxDatabase, OutboxDatabase } from "../outbox/database.ts";
import { forgetOthersJobs } from "../outbox/job-database.ts";
import { endMoves } from "../outbox/move-guest.ts";
import { outboxName } from "../outbox/outbox.ts";
import { closeToWriters, isClosedToWriters, putAside, putAway, type SealingKey, takeOut } from "../outbox/seal.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { discardRecipes, giveBackRecipes, unsentRecipesOf } from "../settings/recipes.ts";
import { bringPicturesOf } from "./guest-pictures.ts";

/** Databases of people; the guest's is nobody's and stays open. */
const accountName = /^sheaf_([0-9a-f-]{36})_[0-9a-f-]{36}$/;

type KeepingDeps = Pick<RecordKeeping, "lastFlush"> & { locks: OneAtATime };

/** The outbox's part of a sign-in and a sign-out (ID-8): who has left can be read by nobody, whoever comes finds their own again. */
export const createRecordKeeping = ({ lastFlush, locks }: KeepingDeps): RecordKeeping => ({
	lastFlush,
	putAwayOthers: async (present) => {
		// By the databases that are there, and not by who was last signed in: what an older version left open is found too.
		for (const { name = "" } of await indexedDB.databases()) {
			const userId = accountName.exec(name)?.[1];
			if (userId !== undefined && userId !== present) await using(name, (database) => seal(database, userId, locks));
		}
		await deleteServerKeysBut(present);
		await forgetOthersJobs(present);
		await forgetOthersRings(present);
	},
	takeOut: async (userId) => {
		const name = outboxName({ userId, deviceId: await readDeviceId(locks) });
		const closed = await using(name, async (database) =>
			takeOut(database, await readSealKeys(userId), (aside) => giveBackRecipes(locks, aside)),
		);
		const blobs = await usingBlobs(name, async (database) => takeBlobsOut(database, await readSealKeys(userId)));
		if (closed + blobs === 0) await deleteSealKey(userId, "device");
		return closed;
	},
	discard: async (userId) => {
		const name = outboxName({ userId, deviceId: await readDeviceId(locks) });
		await using(name, (database) => close(database, locks));
		await usingBlobs(name, closeBlobs);
		await deleteOutboxDatabase(name);
		await deleteBlobDatabase(blobsName(name));
		await deleteSealKey(userId, "server");
		await deleteSealKey(userId, "device");
		await forgetOthersJobs(null);
		await forgetOthersRings(null);
	},
});

/** What was promised to the account is in it, and nobody writes to it any more. */
const close = async (account: OutboxDatabase, locks: OneAtATime): Promise<void> => {
	if (await isClosedToWriters(account)) return;
	await using(outboxName({ userId: null, deviceId: await readDeviceId(locks) }), (guest) =>
		endMoves({ guest, account, locks, bringPictures: bringPicturesOf(guest.name) }, () => closeToWriters(account)),
	);
};

const seal = async (account: OutboxDatabase, userId: string, locks: OneAtATime): Promise<void> => {
	await close(account, locks);
	const keyFor = () => sealingKeyOf(userId);
	const unsent = await unsentRecipesOf(userId);
	if (unsent.length > 0) {
		await putAside(account, unsent, keyFor);
		await discardRecipes(locks, userId);
	}
	await putAway(account, keyFor);
	await usingBlobs(account.name, async (blobs) => {
		await closeBlobs(blobs);
		await putBlobsAway(blobs, keyFor);
	});
};

const sealingKeyOf = async (userId: string): Promise<SealingKey> => {
	const { server, device } = await readSealKeys(userId);
	if (server) return { key: server, sealedWith: "server" };
	return { key: device ?? (await makeDeviceKey(userId)), sealedWith: "device" };
};

/** The pictures beside an outbox. */
const usingBlobs = async <T>(outbox: string, work: (database: BlobDatabase) => Promise<T>): Promise<T> => {
	const database = new BlobDatabase(blobsName(outbox));
	try {
		return await work(database);
	} finally {
		database.close();
	}
};

const using = async <T>(name: string, work: (database: OutboxDatabase) => Promise<T>): Promise<T> => {
	const database = new OutboxDatabase(name);
	try {
		return await work(database);
	} finally {
		database.close();
	}
};
