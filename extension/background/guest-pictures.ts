import { BlobDatabase, blobsName, isThere } from "../blobs/blob-database.ts";
import { allBlobs, moveBlobs } from "../blobs/store.ts";

/** How a guest's pictures get to the person of another outbox; what `moveGuestCaptures` brings before it brings records. */
export const bringPicturesOf =
	(guestOutbox: string) =>
	async (hashes: readonly string[], to: string): Promise<void> => {
		if (hashes.length > 0) await move(guestOutbox, to, () => Promise.resolve(hashes));
	};

/** What is left then is of half-written records, which go on with whoever signs in. */
export const bringRestOf = (guestOutbox: string, to: string): Promise<void> =>
	move(guestOutbox, to, async (guest) => (await allBlobs(guest)).map(({ sha256 }) => sha256));

const move = async (
	guestOutbox: string,
	to: string,
	which: (guest: BlobDatabase) => Promise<readonly string[]>,
): Promise<void> => {
	const name = blobsName(guestOutbox);
	if (!(await isThere(name))) return;
	const [guest, receiver] = [new BlobDatabase(name), new BlobDatabase(blobsName(to))];
	try {
		await moveBlobs(guest, receiver, await which(guest));
	} finally {
		guest.close();
		receiver.close();
	}
};
