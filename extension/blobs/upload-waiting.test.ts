import { expect, test } from "bun:test";
import { memoryLocks } from "../messages/test-locks.ts";
import type { PictureReference } from "../outbox/picture-references.ts";
import type { BlobDatabase } from "./blob-database.ts";
import { blobRow, keepBlob } from "./store.ts";
import { BlobServer, refused } from "./test-blob-server.ts";
import { aPicture, someBlobs } from "./test-blobs.ts";
import { hurryBlobs, type UploadWaitingDeps, uploadWaiting } from "./upload-waiting.ts";

/** Time stands still but for what a test says. */
async function aDevice() {
	const blobs = someBlobs();
	const server = new BlobServer(8);
	const { sha256 } = await keepBlob(blobs, aPicture("a picture of 25 bytes ..."));
	const references: PictureReference[] = [{ sha256, workspaceId: "w" }];
	const missed: PictureReference[] = [];
	const clock = { now: Date.now() };
	const deps: UploadWaitingDeps = {
		blobs,
		references: async (hashes) => references.filter((one) => hashes.has(one.sha256)),
		missed: async () => missed,
		clientFor: () => server.client,
		mayWrite: () => true,
		locks: memoryLocks(),
		now: () => clock.now,
		random: () => 1,
	};
	const upload = (more: Partial<UploadWaitingDeps> = {}) => uploadWaiting({ ...deps, ...more });
	return { blobs, server, sha256, references, missed, clock, upload };
}

const stateIn = async (blobs: BlobDatabase, sha256: string, workspaceId = "w") =>
	(await blobRow(blobs, sha256))?.places[workspaceId]?.state;

test("BLOB-1: a picture is uploaded once a saved record refers to it, and never before", async () => {
	const { blobs, server, sha256, references, upload } = await aDevice();
	const [reference] = references.splice(0);
	expect(await upload()).toEqual({ kind: "done", stored: 0, nextAt: null });
	expect(server.blobs.size).toBe(0);
	if (reference) references.push(reference);
	expect(await upload()).toEqual({ kind: "done", stored: 1, nextAt: null });
	expect(await stateIn(blobs, sha256)).toBe("stored");
	expect(await upload()).toMatchObject({ kind: "done", stored: 0 });
	expect(server.parts).toEqual(["0+8", "8+8", "16+8", "24+1"]);
	blobs.close();
});

test("BLOB-1: to each workspace whose records refer to it, and only where the person may write", async () => {
	const { blobs, server, sha256, references, upload } = await aDevice();
	references.push({ sha256, workspaceId: "looks-only" });
	expect(await upload({ mayWrite: (id) => id === "w" })).toMatchObject({ stored: 1, nextAt: null });
	expect([await stateIn(blobs, sha256), await stateIn(blobs, sha256, "looks-only")]).toEqual(["stored", "waiting"]);
	server.blobs.clear();
	expect(await upload()).toMatchObject({ stored: 1 });
	expect(await stateIn(blobs, sha256, "looks-only")).toBe("stored");
	blobs.close();
});

test("BLOB-1: an upload that was cut off goes on from there after a back-off, and at once when the network is back", async () => {
	const { blobs, server, sha256, clock, upload } = await aDevice();
	server.beforePart = (offset) => {
		if (offset === 16) throw refused(0, "client/unreachable");
	};
	expect(await upload()).toEqual({ kind: "later", stored: 0, nextAt: clock.now + 1_000 });
	server.beforePart = () => undefined;
	expect(await upload()).toMatchObject({ kind: "done", stored: 0, nextAt: clock.now + 1_000 });
	await hurryBlobs(blobs);
	expect(await upload()).toMatchObject({ stored: 1 });
	expect(server.parts).toEqual(["0+8", "8+8", "16+8", "24+1"]);
	expect(await stateIn(blobs, sha256)).toBe("stored");
	blobs.close();
});

test("BLOB-1: a picture that the server removed meanwhile goes there again once it says that a record misses it", async () => {
	const { blobs, server, sha256, missed, clock, upload } = await aDevice();
	expect(await upload()).toMatchObject({ stored: 1 });
	missed.push({ sha256, workspaceId: "w" }, { sha256: "taken elsewhere", workspaceId: "w" });
	expect(await upload()).toMatchObject({ kind: "done", stored: 0, nextAt: null });
	server.blobs.clear();
	clock.now += 3_600_001;
	expect(await upload()).toMatchObject({ kind: "done", stored: 1, nextAt: null });
	expect([server.parts.length, server.blobs.get(sha256)?.stored]).toEqual([8, true]);
	expect(await upload()).toMatchObject({ stored: 0 });
	blobs.close();
});

test("OUT-2: one uploader at a time over all contexts", async () => {
	const { blobs, server, upload } = await aDevice();
	const both = await Promise.all([upload(), upload()]);
	expect(both.map(({ kind }) => kind).toSorted()).toEqual(["busy", "done"]);
	expect(server.parts).toHaveLength(4);
	blobs.close();
});

test("OUT-2: a server that asks for silence is left alone until then, also by a worker that starts anew", async () => {
	const { blobs, server, clock, upload } = await aDevice();
	server.refusal = refused(503, "server/unavailable", 120_000);
	expect(await upload()).toMatchObject({ kind: "held", nextAt: clock.now + 120_000 });
	server.refusal = null;
	expect(await upload()).toMatchObject({ kind: "held", stored: 0 });
	clock.now += 120_001;
	expect(await upload()).toMatchObject({ kind: "done", stored: 1 });
	blobs.close();
});

test("OUT-2: nobody signed in: it waits for that; no longer in the workspace: it has no place there any more", async () => {
	const { blobs, server, sha256, references, upload } = await aDevice();
	server.refusal = refused(401, "auth/token-expired");
	expect(await upload()).toMatchObject({ kind: "signed-out" });
	expect(await stateIn(blobs, sha256)).toBe("waiting");
	server.refusal = refused(0, "client/workspace-gone");
	references.splice(0);
	expect(await upload()).toMatchObject({ kind: "done", nextAt: null });
	expect((await blobRow(blobs, sha256))?.places).toEqual({});
	blobs.close();
});

test("OUT-4: what the server does not take says why and stays on this device; one that was full is asked again", async () => {
	const { blobs, server, sha256, clock, upload } = await aDevice();
	server.refusal = refused(413, "blobs/quota-exceeded");
	expect(await upload()).toMatchObject({ kind: "done", nextAt: clock.now + 3_600_000 });
	const place = (await blobRow(blobs, sha256))?.places["w"];
	expect(place).toMatchObject({ state: "refused", problem: { code: "blobs/quota-exceeded" } });
	server.refusal = null;
	clock.now += 3_600_001;
	expect(await upload()).toMatchObject({ stored: 1 });

	server.refusal = refused(415, "blobs/media-type");
	const other = await keepBlob(blobs, aPicture("another"));
	expect(await upload({ references: async () => [{ sha256: other.sha256, workspaceId: "w" }] })).toMatchObject({
		kind: "done",
		nextAt: null,
	});
	expect(await stateIn(blobs, other.sha256)).toBe("refused");
	blobs.close();
});
