import { afterAll, afterEach, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { type FileHandle, mkdtemp, open, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { until } from "../../start/test-process.ts";
import { type BlobStore, BytesMissing } from "./blob-store.ts";
import { createFileStore } from "./file-store.ts";
import { createS3Store } from "./s3-store.ts";
import { startTestS3, type TestS3, testS3 } from "./test-s3-server.ts";
import { signatureDue } from "./test-s3-signature.ts";

const megabyte = 1024 * 1024;
let directory: string;
let s3: TestS3;
let stores: Record<"files" | "s3", BlobStore>;

beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "sheaf-blobs-"));
	s3 = startTestS3();
	stores = { files: createFileStore(directory), s3: createS3Store({ ...testS3, endpoint: s3.endpoint }) };
});
afterAll(async () => {
	await s3.stop();
	await rm(directory, { recursive: true });
});
afterEach(() => {
	s3.trouble = { status: 500, times: 0 };
	s3.asked.length = 0;
});

const newKey = (): string => `${crypto.randomUUID()}/${crypto.randomUUID()}`;
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 31) % 251);

/** The bytes in pieces that fit no part's border. */
function streamOf(bytes: Uint8Array, pieceBytes = 700_001): ReadableStream<Uint8Array> {
	let at = 0;
	return new ReadableStream({
		pull: (controller) => {
			if (at >= bytes.byteLength) return controller.close();
			controller.enqueue(bytes.slice(at, at + pieceBytes));
			at += pieceBytes;
		},
	});
}
const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
	new Uint8Array(await new Response(stream).arrayBuffer());

/** Nobody is there any more once `until` holds. */
function brokenStream(until: () => boolean = () => true): ReadableStream<Uint8Array> {
	let sent = 0;
	return new ReadableStream({
		pull: async (controller) => {
			if (sent >= 12 && until()) return controller.error(new Error("cut off"));
			if (sent < 12) controller.enqueue(new Uint8Array(megabyte));
			sent += 1;
			await Bun.sleep(1);
		},
	});
}

describe.each(["files", "s3"] as const)("BLOB-1: the store %s", (kind) => {
	test.each([1, megabyte, 20 * megabyte + 3])(
		"gives back %d bytes as they were put, whole and by ranges",
		async (size) => {
			const [key, bytes] = [newKey(), pattern(size)];
			await stores[kind].put(key, streamOf(bytes), size);
			expect(Bun.hash(await bytesOf(await stores[kind].read(key)))).toBe(Bun.hash(bytes));
			const [from, to] = [Math.floor(size / 3), Math.ceil(size / 2)];
			const range = await bytesOf(await stores[kind].read(key, { from, to }));
			expect(Bun.hash(range)).toBe(Bun.hash(bytes.slice(from, to)));
			expect((await bytesOf(await stores[kind].read(key, { from, to: size + 9 }))).byteLength).toBe(size - from);
		},
	);

	test("has nothing under a key that nothing was put under, or that was removed", async () => {
		const key = newKey();
		await expect(stores[kind].read(key)).rejects.toBeInstanceOf(BytesMissing);
		await stores[kind].put(key, streamOf(pattern(10)), 10);
		await stores[kind].remove(key);
		await stores[kind].remove(key);
		await expect(stores[kind].read(key)).rejects.toBeInstanceOf(BytesMissing);
	});

	test.each([
		["fewer bytes than announced", () => streamOf(pattern(10 * megabyte))],
		["more bytes than announced", () => streamOf(pattern(12 * megabyte))],
		["a stream that is cut off", brokenStream],
	])("keeps nothing of a put with %s", async (_what, stream) => {
		const key = newKey();
		await expect(stores[kind].put(key, stream(), 11 * megabyte)).rejects.toThrow();
		await expect(stores[kind].read(key)).rejects.toBeInstanceOf(BytesMissing);
		await stores[kind].put(key, streamOf(pattern(3)), 3);
		expect(await bytesOf(await stores[kind].read(key))).toEqual(pattern(3));
	});

	test("takes the same bytes twice at once, and again afterwards", async () => {
		const [key, bytes] = [newKey(), pattern(2 * megabyte)];
		const put = () => stores[kind].put(key, streamOf(bytes), bytes.byteLength);
		await Promise.all([put(), put(), put()]);
		await put();
		expect(Bun.hash(await bytesOf(await stores[kind].read(key)))).toBe(Bun.hash(bytes));
	});

	test.each(["../../etc/passwd", "a", `${crypto.randomUUID()}/../x`, ""])("knows no key %p", async (key) => {
		await expect(stores[kind].put(key, streamOf(pattern(1)), 1)).rejects.toThrow("not the key of a blob");
		await expect(stores[kind].read(key)).rejects.toThrow("not the key of a blob");
		expect(() => stores[kind].remove(key)).toThrow("not the key of a blob");
	});
});

test("BLOB-1: what a killed process was writing is not there, and goes with the next put", async () => {
	const key = newKey();
	await stores.files.put(key, streamOf(pattern(5)), 5);
	await writeFile(join(directory, key, "killed.part"), "half");
	await stores.files.put(key, streamOf(pattern(5)), 5);
	expect(await readdir(join(directory, key))).toEqual(["bytes"]);
	expect((await stat(join(directory, key, "bytes"))).mode & 0o777).toBe(0o600);
});

// Amazon's own example: "Signature Calculations for the Authorization Header", GET Object.
test("BLOB-1: the stand-in computes the signature that Amazon published", () => {
	const headers = new Headers({
		authorization:
			"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
		host: "examplebucket.s3.amazonaws.com",
		range: "bytes=0-9",
		"x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"x-amz-date": "20130524T000000Z",
	});
	const url = new URL("https://examplebucket.s3.amazonaws.com/test.txt");
	expect(signatureDue({ method: "GET", url, headers }, testS3.secretAccessKey)).toBe(
		"f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
	);
});

test("BLOB-1: a wrong key, bucket or region is refused, and is not taken as missing bytes", async () => {
	const wrong = [
		{ secretAccessKey: "another" },
		{ accessKeyId: "another" },
		{ region: "elsewhere" },
		{ bucket: "other" },
	];
	for (const more of wrong) {
		const store = createS3Store({ ...testS3, endpoint: s3.endpoint, ...more });
		const key = newKey();
		await expect(store.put(key, streamOf(pattern(3)), 3)).rejects.toThrow();
		await expect(store.read(key)).rejects.not.toBeInstanceOf(BytesMissing);
	}
	expect([...s3.objects.keys()].some((key) => key.includes("another"))).toBe(false);
});

test("BLOB-1: a large object travels in parts, and a failure among them leaves neither object nor parts", async () => {
	const key = newKey();
	await stores.s3.put(key, streamOf(pattern(20 * megabyte)), 20 * megabyte);
	expect(s3.asked).toEqual(["POST uploads", ...[1, 2, 3].map(() => "PUT partNumber uploadId x-id"), "POST uploadId"]);
	s3.asked.length = 0;
	const begun = () => s3.asked.length > 1;
	await expect(stores.s3.put(newKey(), brokenStream(begun), 20 * megabyte)).rejects.toThrow("cut off");
	expect(s3.asked[0]).toBe("POST uploads");
	await until(async () => s3.open.size === 0);
});

test.each([500, 503])("BLOB-1: an answer %d is asked again, and then told", async (status) => {
	const key = newKey();
	s3.trouble = { status, times: 2 };
	await stores.s3.put(key, streamOf(pattern(3)), 3);
	expect(await bytesOf(await stores.s3.read(key))).toEqual(pattern(3));
	s3.trouble = { status, times: 9 };
	await expect(stores.s3.put(newKey(), streamOf(pattern(3)), 3)).rejects.toThrow();
	s3.trouble = { status, times: 9 };
	await expect(stores.s3.read(key)).rejects.not.toBeInstanceOf(BytesMissing);
});

test("BLOB-1: a service that never answers is given up", async () => {
	const hasty = createS3Store({ ...testS3, endpoint: s3.endpoint }, 50);
	s3.trouble = { status: "never", times: 9 };
	await expect(hasty.put(newKey(), streamOf(pattern(3)), 3)).rejects.toThrow("does not answer");
	await expect(hasty.read(newKey())).rejects.toThrow("does not answer");
	await expect(hasty.remove(newKey())).rejects.toThrow("does not answer");
});

test("BLOB-1: after a put every folder that may be new is on the disk, up to the one that was there before", async () => {
	const key = newKey();
	const root = join(directory, "made", "with-the-first");
	const handle = await open(directory);
	const flushed: number[] = [];
	const prototype: Pick<FileHandle, "sync"> = Object.getPrototypeOf(handle);
	const { sync } = prototype;
	const spy = spyOn(prototype, "sync").mockImplementation(async function (this: FileHandle) {
		flushed.push((await this.stat()).ino);
		await sync.call(this);
	});
	await createFileStore(root)
		.put(key, streamOf(pattern(10)), 10)
		.finally(() => spy.mockRestore());
	await handle.close();
	const folders = [join(root, key), dirname(join(root, key)), root, dirname(root), directory];
	const inodes = await Promise.all(folders.map(async (path) => (await stat(path)).ino));
	expect(inodes.filter((inode) => !flushed.includes(inode))).toEqual([]);
});
