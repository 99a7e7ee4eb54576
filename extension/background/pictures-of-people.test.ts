import "../messages/test-browser.ts";
import { beforeEach, expect, test } from "bun:test";
import { aDevice, emptyDevice } from "../api/test-device.ts";
import type { TestPerson } from "../api/test-people.ts";
import { blobAddress } from "../blobs/address.ts";
import { BlobDatabase, blobsName } from "../blobs/blob-database.ts";
import { allBlobs, keepBlob, readBlob } from "../blobs/store.ts";
import { BlobServer } from "../blobs/test-blob-server.ts";
import { aPicture } from "../blobs/test-blobs.ts";
import { memoryLocks } from "../messages/test-locks.ts";
import { createCurrentOutbox } from "../outbox/current-outbox.ts";
import { OutboxDatabase } from "../outbox/database.ts";
import { moveGuestCaptures } from "../outbox/move-guest.ts";
import { outboxName } from "../outbox/outbox.ts";
import { picturesOfRow, referencesMissed } from "../outbox/picture-references.ts";
import { aCapture } from "../outbox/test-outbox.ts";
import { everythingInIndexedDb } from "../outbox/test-stored-bytes.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account } from "../settings/items.ts";
import { bringPicturesOf, bringRestOf } from "./guest-pictures.ts";
import { createPictureCarrier } from "./picture-carrier.ts";
import { createRecordKeeping } from "./record-keeping.ts";

beforeEach(emptyDevice);

/** A browser profile on which pictures are taken, with a server that takes them. */
async function aProfile() {
	const locks = memoryLocks();
	await readDeviceId(locks);
	const device = await aDevice({ records: createRecordKeeping({ locks, lastFlush: async () => undefined }) });
	const outbox = createCurrentOutbox();
	const server = new BlobServer(8);
	const alarms: (number | null)[] = [];
	const carrier = createPictureCarrier({
		account: () => account.getValue(),
		outbox: async () => (await outbox.get()).database,
		deviceId: () => readDeviceId(locks),
		clientsOf: () => () => ({ ...server.client, dropBlobPresence: async () => undefined }),
		locks,
		setAlarm: async (at) => void alarms.push(at),
		onStored: () => undefined,
	});
	const blobs = async () => new BlobDatabase(blobsName((await outbox.get()).database.name));
	/** @returns the hash of a picture that a saved record refers to */
	const savePicture = async (text: string) => {
		const { sha256 } = await keepBlob(await blobs(), aPicture(text));
		const fields = { image: { type: "image" as const, value: blobAddress(sha256) } };
		await (await outbox.get()).save(aCapture(text, { fields }));
		return sha256;
	};
	return { ...device, locks, outbox, bytes: server, alarms, carrier, blobs, savePicture };
}

test("BLOB-1: what a guest took stays here, becomes the account's before its record does, and is uploaded for it", async () => {
	const { session, locks, outbox, bytes, alarms, carrier, blobs, savePicture } = await aProfile();
	const sha256 = await savePicture("taken as a guest");
	const draft = await keepBlob(await blobs(), aPicture("of a half-written record"));
	await carrier.carry();
	expect(bytes.blobs.size).toBe(0);
	expect(alarms).toEqual([]);
	await session.signIn();
	const guest = new OutboxDatabase(outboxName({ userId: null, deviceId: await readDeviceId(locks) }));
	const { database } = await outbox.get();
	await moveGuestCaptures({
		guest,
		account: database,
		locks,
		open: (name) => new OutboxDatabase(name),
		atServer: async () => [],
		bringPictures: async (hashes, to) => {
			expect(await (await outbox.get()).recent(1)).toEqual([]);
			await bringPicturesOf(guest.name)(hashes, to);
		},
	});
	await bringRestOf(guest.name, database.name);
	expect(await allBlobs(new BlobDatabase(blobsName(guest.name)))).toEqual([]);
	expect((await allBlobs(await blobs())).map((one) => one.sha256).toSorted()).toEqual(
		[sha256, draft.sha256].toSorted(),
	);
	await carrier.carry();
	// Its record is of no workspace before it is first sent, and neither is its picture.
	expect(bytes.blobs.size).toBe(0);
	guest.close();
});

test("BLOB-1: what a person saved is uploaded; a picture of a half-written record is not", async () => {
	const { session, bytes, alarms, carrier, blobs, savePicture } = await aProfile();
	await session.signIn();
	const sha256 = await savePicture("saved");
	await keepBlob(await blobs(), aPicture("of a half-written record"));
	await carrier.carry();
	expect([...bytes.blobs.keys()]).toEqual([sha256]);
	expect(alarms.at(-1)).toBeNull();
});

test("BLOB-1: what the server says that a record misses is looked for among that workspace's open records", async () => {
	const { session, outbox, savePicture } = await aProfile();
	await session.signIn();
	const sha256 = await savePicture("removed there");
	await savePicture("stored there");
	const { database } = await outbox.get();
	const workspaceId = (await account.getValue())?.workspaceId ?? "";
	expect(await referencesMissed(database, [workspaceId])).toEqual([]);
	const problem = { code: "delivery/picture-waiting" as const, message: "", action: "retry" as const };
	await database.write(async (transaction) => {
		const records = transaction.objectStore("records");
		const row = (await records.getAll()).find((one) => picturesOfRow(one).includes(sha256));
		if (row) await records.put({ ...row, state: "delivering", standing: "waiting", problem });
	});
	expect(await referencesMissed(database, [workspaceId])).toEqual([{ sha256, workspaceId }]);
	expect(await referencesMissed(database, ["another"])).toEqual([]);
});

test("ID-8: after a sign-out no byte of a picture can be read, and its person finds it again", async () => {
	const { session, server, outbox, blobs, savePicture } = await aProfile();
	const canary = `canary-${crypto.randomUUID()}`;
	await session.signIn();
	const sha256 = await savePicture(canary);
	const name = (await outbox.get()).database.name;
	await session.signOut();
	expect((await everythingInIndexedDb()).includes(canary)).toBe(false);
	const late = keepBlob(new BlobDatabase(blobsName(name)), aPicture("after the sign-out"));
	await expect(late).rejects.toMatchObject({ code: "outbox/closed" });
	const ada = server.person as TestPerson;
	server.person = { id: crypto.randomUUID(), email: "ben@example.com" };
	await session.signIn();
	expect(await readBlob(await blobs(), sha256)).toBeNull();
	await session.signOut();
	server.person = ada;
	await session.signIn();
	expect(await (await readBlob(await blobs(), sha256))?.text()).toBe(canary);
});
