import { expect, test } from "bun:test";
import { everythingInIndexedDb } from "../outbox/test-stored-bytes.ts";
import { BlobDatabase } from "./blob-database.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { sha256Of } from "./hash.ts";
import { clearOrphans } from "./orphans.ts";
import { closeBlobs, putBlobsAway, takeBlobsOut } from "./seal-blobs.ts";
import { allBlobs, blobRow, keepBlob, moveBlobs, newPlace, readBlob, setPlace, storedPlace } from "./store.ts";
import { aPicture, someBlobs } from "./test-blobs.ts";

const day = 86_400_000;
const textOf = async (database: BlobDatabase, sha256: string) => (await readBlob(database, sha256))?.text();

function aKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

test("BLOB-1: a picture is there, whole and in any part, once keeping it has resolved; twice, it is kept once", async () => {
	const blobs = someBlobs();
	const bytes = new Uint8Array(2_500_000).map((_, place) => place % 251);
	const row = await keepBlob(blobs, new Blob([bytes], { type: "image/webp" }));
	expect(row).toMatchObject({ byteSize: 2_500_000, mediaType: "image/webp", places: {} });
	expect(row.sha256).toBe(await sha256Of(new Blob([bytes])));
	await keepBlob(blobs, new Blob([bytes], { type: "image/webp" }));
	expect(await allBlobs(blobs)).toHaveLength(1);
	const whole = await readBlob(blobs, row.sha256);
	expect(whole?.type).toBe("image/webp");
	expect(new Uint8Array((await whole?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes);
	for (const [start, end] of [
		[0, 1_048_576],
		[1_048_576, 2_097_152],
		[1_048_570, 1_048_580],
		[2_097_152, 2_500_000],
	] as const) {
		const part = await readBlob(blobs, row.sha256, { start, end });
		expect(new Uint8Array((await part?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes.slice(start, end));
	}
	blobs.close();
});

test("ID-8: a guest's pictures become the account's and leave nothing behind, also when the move was cut off", async () => {
	const [guest, account] = [someBlobs(), someBlobs()];
	const one = await keepBlob(guest, aPicture("one"));
	const two = await keepBlob(guest, aPicture("two"));
	await keepBlob(account, aPicture("one"));
	await moveBlobs(guest, account, [one.sha256, two.sha256, "never-there"]);
	await moveBlobs(guest, account, [one.sha256, two.sha256]);
	expect(await allBlobs(guest)).toEqual([]);
	expect(await textOf(guest, two.sha256)).toBeUndefined();
	expect([await textOf(account, one.sha256), await textOf(account, two.sha256)]).toEqual(["one", "two"]);
	for (const blobs of [guest, account]) blobs.close();
});

test("ID-8: at a sign-out what the server has is dropped, the rest is sealed, and both are unreadable to anybody else", async () => {
	const blobs = someBlobs();
	const key = await aKey();
	const canary = `canary-${crypto.randomUUID()}`;
	const stored = await keepBlob(blobs, aPicture(`${canary} stored`), { w: storedPlace });
	const unsent = await keepBlob(blobs, aPicture(`${canary} unsent`), { w: newPlace });
	await closeBlobs(blobs);
	await putBlobsAway(blobs, async () => ({ key, sealedWith: "server" }));
	const everything = await everythingInIndexedDb();
	expect([everything.includes(canary), everything.includes(unsent.sha256)]).toEqual([false, false]);
	const page = new BlobDatabase(blobs.name);
	await expect(keepBlob(page, aPicture())).rejects.toMatchObject({ code: "outbox/closed" });

	expect(await takeBlobsOut(blobs, { server: await aKey(), device: null })).toBe(1);
	expect(await takeBlobsOut(blobs, { server: key, device: null })).toBe(0);
	expect(await textOf(blobs, unsent.sha256)).toBe(`${canary} unsent`);
	expect(await blobRow(blobs, unsent.sha256)).toEqual(unsent);
	expect(await blobRow(blobs, stored.sha256)).toBeUndefined();
	await keepBlob(page, aPicture());
	for (const one of [blobs, page]) one.close();
});

test("BLOB-1: what no record refers to goes after a day; what one refers to stays and is brought to its workspace", async () => {
	const blobs = someBlobs();
	const referred = await keepBlob(blobs, aPicture());
	const orphan = await keepBlob(blobs, aPicture());
	await setPlace(blobs, { sha256: orphan.sha256, workspaceId: "w" }, storedPlace);
	const references = async () => [
		{ sha256: referred.sha256, workspaceId: "w" },
		{ sha256: referred.sha256, workspaceId: "" },
	];
	expect(await clearOrphans({ blobs, references })).toEqual([]);
	const tomorrow = () => Date.now() + day + 1_000;
	const gone = await clearOrphans({ blobs, references, now: tomorrow });
	expect(gone).toEqual([{ sha256: orphan.sha256, workspaceIds: ["w"] }]);
	expect((await allBlobs(blobs)).map(({ sha256, places }) => [sha256, places])).toEqual([
		[referred.sha256, { w: newPlace }],
	]);
	blobs.close();
});

test("BLOB-1: a picture of another device is kept once its bytes are the ones; other bytes are not", async () => {
	const blobs = someBlobs();
	const picture = aPicture("there");
	const sha256 = await sha256Of(picture);
	const announced: string[] = [];
	const announceBlob = async (body: { sha256: string }) => {
		announced.push(body.sha256);
		return { sha256, stored: true, receivedBytes: 5, partBytes: 5 };
	};
	const wrong = { announceBlob, blob: async () => aPicture("something else") };
	await expect(fetchBlob(sha256, { client: wrong, blobs, workspaceId: "w" })).rejects.toMatchObject({
		code: "blobs/hash-mismatch",
	});
	expect(await allBlobs(blobs)).toEqual([]);
	await fetchBlob(sha256, { client: { announceBlob, blob: async () => picture }, blobs, workspaceId: "w" });
	expect(await textOf(blobs, sha256)).toBe("there");
	expect(await blobRow(blobs, sha256)).toMatchObject({ places: { w: storedPlace } });
	expect(announced).toEqual([sha256]);
	blobs.close();
});
