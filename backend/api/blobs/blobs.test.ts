import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createHash } from "node:crypto";
import { type BlobList, type BlobPartTaken, type BlobUpload, blobPartBytes } from "../../contract/blobs.ts";
import type { DeviceSessionList } from "../../contract/sessions.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeTeam, sender, type TestTeam } from "../testing/test-member.ts";
import { ask, errorCode, json, makeDeviceKey, TestPerson } from "../testing/test-person.ts";

// A backend is started and a team signs up.
setDefaultTimeout(60_000);

let backend: TestBackend;
let team: TestTeam;
let token: string;
beforeAll(async () => {
	backend = await startTestBackend({ variables: { SHEAF_BLOB_QUOTA_MB: "4" } });
	team = await makeTeam(backend.url);
	token = await team.member.tokenIn(team.id);
});
afterAll(() => backend.close());

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64url");

/** Bytes that begin as a picture does, and that nobody else has. */
function picture(byteSize: number): Uint8Array<ArrayBuffer> {
	const bytes = crypto.getRandomValues(new Uint8Array(64));
	const whole = new Uint8Array(byteSize);
	whole.set(pngStart);
	whole.set(bytes.slice(0, Math.max(byteSize - 8, 0)), 8);
	return whole;
}

const announce = async (bytes: Uint8Array, { as = token, mediaType = "image/png", byteSize = bytes.byteLength } = {}) =>
	await sender(backend.url, as)("POST", "/blobs", { sha256: hashOf(bytes), byteSize, mediaType });
const putPart = (sha256: string, offset: number, body: Uint8Array) =>
	putPartAs(token, `${sha256}/parts/${offset}`, body);
const putPartAs = (as: string, path: string, body: Uint8Array) =>
	ask(`${backend.url}/api/v1/blobs/${path}`, as, {
		method: "PUT",
		headers: { "content-type": "application/octet-stream" },
		body: Uint8Array.from(body),
	});
const read = (sha256: string, headers: Record<string, string> = {}, as = token) =>
	ask(`${backend.url}/api/v1/blobs/${sha256}`, as, { headers });
async function upload(bytes: Uint8Array, mediaType = "image/png"): Promise<string> {
	await announce(bytes, { mediaType });
	const answer = await putPart(hashOf(bytes), 0, bytes);
	expect(await json<BlobPartTaken>(answer)).toEqual({ receivedBytes: bytes.byteLength, stored: true });
	return hashOf(bytes);
}

test("BLOB-1: a picture is announced, sent in parts, and comes back byte for byte", async () => {
	const bytes = picture(blobPartBytes + 10);
	const sha256 = hashOf(bytes);
	const begun = { sha256, stored: false, receivedBytes: 0, partBytes: blobPartBytes };
	expect((await announce(bytes)).body).toEqual(begun satisfies BlobUpload);
	const first = await putPart(sha256, 0, bytes.slice(0, blobPartBytes));
	expect(await json<BlobPartTaken>(first)).toEqual({ receivedBytes: blobPartBytes, stored: false });
	expect((await announce(bytes)).body).toEqual({ ...begun, receivedBytes: blobPartBytes });
	expect(await errorCode(await read(sha256))).toBe("blobs/not-stored");
	const last = await putPart(sha256, blobPartBytes, bytes.slice(blobPartBytes));
	expect(await json<BlobPartTaken>(last)).toEqual({ receivedBytes: bytes.byteLength, stored: true });
	const answer = await read(sha256);
	expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
	expect((await announce(bytes)).body).toMatchObject({ stored: true });
});

test("BLOB-1: what is served runs nothing, is kept for one person only, and is asked for anew each time", async () => {
	const sha256 = await upload(picture(100));
	const { headers } = await read(sha256);
	expect(headers.toJSON()).toMatchObject({
		"content-type": "image/png",
		"content-disposition": "inline",
		"content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
		"x-content-type-options": "nosniff",
		"cross-origin-resource-policy": "same-origin",
		"cache-control": "private, no-cache",
		etag: `"${sha256}"`,
	});
	const known = await read(sha256, { "if-none-match": `"${sha256}"` });
	expect([known.status, await known.text()]).toEqual([304, ""]);
	const stranger = await read(sha256, { "if-none-match": `"${sha256}"` }, team.outsider.tokens.access_token);
	expect([stranger.status, await errorCode(stranger)]).toEqual([404, "blobs/not-found"]);
	const file = await read(await upload(new TextEncoder().encode("<script>a</script>"), "text/csv"));
	expect(file.headers.get("content-disposition")).toBe("attachment");
});

test.each([
	["bytes=0-3", 206, "bytes 0-3/100", [0, 4]],
	["bytes=90-", 206, "bytes 90-99/100", [90, 100]],
	["bytes=-5", 206, "bytes 95-99/100", [95, 100]],
	["bytes=50-1000", 206, "bytes 50-99/100", [50, 100]],
	["bytes=0-1,5-6", 200, null, [0, 100]],
	["bytes=9-2", 200, null, [0, 100]],
	["bytes=100-", 416, "bytes */100", [0, 0]],
	["bytes=-0", 416, "bytes */100", [0, 0]],
] as const)("BLOB-1: the range %s is answered %d", async (range, ...due) => {
	const [status, contentRange, [from, to]] = due;
	const bytes = picture(100);
	const sha256 = await upload(bytes);
	const answer = await read(sha256, { range });
	expect([answer.status, answer.headers.get("content-range")]).toEqual([status, contentRange]);
	expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes.slice(from, to));
	const other = await read(sha256, { range, "if-range": '"another"' });
	expect(other.status).toBe(200);
});

test("BLOB-1: what is too large, of another kind, or beyond the quota is refused before a byte travels", async () => {
	const small = picture(50);
	expect(await announce(small, { byteSize: 20 * 1024 * 1024 + 1 })).toMatchObject({
		status: 413,
		code: "blobs/too-large",
	});
	expect(await announce(small, { mediaType: "image/svg+xml" })).toMatchObject({
		status: 422,
		code: "blobs/media-type",
	});
	expect(await announce(small, { mediaType: "text/html" })).toMatchObject({ status: 422, code: "blobs/media-type" });
	const large = { byteSize: 3 * 1024 * 1024 };
	expect(await announce(picture(60), large)).toMatchObject({ status: 409, code: "blobs/quota-exceeded" });
});

test("BLOB-1: unfinished uploads count, and many at once do not get past the quota together", async () => {
	const as = team.outsider.tokens.access_token;
	const wanted = Array.from({ length: 6 }, () => announce(picture(70), { as, byteSize: 1024 * 1024 }));
	const statuses = (await Promise.all(wanted)).map(({ status }) => status);
	expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 200, 200, 200, 409, 409]);
});

test("BLOB-1: parts out of turn, of another length or of nothing announced are refused with what is due", async () => {
	const bytes = picture(80);
	const sha256 = hashOf(bytes);
	expect(await errorCode(await putPart(sha256, 0, bytes))).toBe("blobs/not-found");
	await announce(bytes);
	const early = await putPart(sha256, blobPartBytes, bytes);
	expect([early.status, await early.json()]).toMatchObject([
		409,
		{ error: { code: "blobs/wrong-offset", details: { receivedBytes: 0 } } },
	]);
	expect(await errorCode(await putPart(sha256, 0, bytes.slice(1)))).toBe("request/invalid");
	expect((await putPart(sha256, 0, new Uint8Array(blobPartBytes + 1))).status).toBe(413);
	expect((await putPart("short", 0, bytes)).status).toBe(400);
	await upload(bytes);
	expect(await json<BlobPartTaken>(await putPart(sha256, 0, bytes))).toEqual({ receivedBytes: 80, stored: true });
});

test("BLOB-1: bytes of another hash, or a picture that is none, begin anew and are served to nobody", async () => {
	const [bytes, others] = [picture(90), picture(90)];
	await announce(bytes);
	const wrong = await putPart(hashOf(bytes), 0, others);
	expect([wrong.status, await errorCode(wrong)]).toEqual([422, "blobs/hash-mismatch"]);
	expect((await announce(bytes)).body).toMatchObject({ stored: false, receivedBytes: 0 });
	await upload(bytes);
	const page = new TextEncoder().encode("<html><script>alert(1)</script></html>");
	for (const mediaType of ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]) {
		await announce(page, { mediaType });
		expect(await errorCode(await putPart(hashOf(page), 0, page))).toBe("blobs/media-type");
	}
	expect(await errorCode(await read(hashOf(page)))).toBe("blobs/not-found");
});

test("BLOB-1: it is known which devices have a picture, by name, until one drops it or is signed out", async () => {
	const bytes = picture(95);
	const sha256 = hashOf(bytes);
	const own = team.owner.person;
	const second = new TestPerson(backend.url, { email: own.email, key: await makeDeviceKey() });
	const [first, { access_token: other }] = [team.owner.tokens.access_token, await second.tokens("sign-in")];
	const look = async (as: string) => {
		const { body } = await sender(backend.url, as)("POST", "/blobs/lookup", { sha256: [sha256, hashOf(picture(9))] });
		return (body as BlobList).blobs;
	};
	expect(await look(first)).toEqual([]);
	for (const as of [first, other, other]) await announce(bytes, { as, byteSize: 95 });
	const device = (id: string, thisDevice: boolean) => ({ id, name: "A test browser", thisDevice });
	const both = [device(second.deviceId, false), device(own.deviceId, true)];
	expect(await look(first)).toEqual([{ sha256, byteSize: 95, mediaType: "image/png", stored: false, devices: both }]);
	const refused = await read(sha256, {}, first);
	expect(await refused.json()).toMatchObject({
		error: { code: "blobs/not-stored", details: { case: "device", deviceName: "A test browser" } },
	});
	await sender(backend.url, first)("DELETE", `/blobs/${sha256}/presence`);
	expect((await look(other))[0]?.devices).toEqual([device(second.deviceId, true)]);
	const { sessions } = (await sender(backend.url, first)("GET", "/users/me/sessions")).body as DeviceSessionList;
	const ended = sessions.find(({ deviceId }) => deviceId === second.deviceId);
	await sender(backend.url, first)("DELETE", `/users/me/sessions/${ended?.id}`);
	expect((await look(first))[0]?.devices).toEqual([]);
});

test("BLOB-1: two devices that send the same picture at once make one of it", async () => {
	const bytes = picture(2 * blobPartBytes);
	const sha256 = hashOf(bytes);
	const send = async (as: string) => {
		for (let at = 0; at < bytes.byteLength; ) {
			await announce(bytes, { as });
			const answer = await putPartAs(as, `${sha256}/parts/${at}`, bytes.slice(at, at + blobPartBytes));
			const body = await json<BlobPartTaken & { error?: { details: BlobPartTaken } }>(answer);
			at = body.error?.details.receivedBytes ?? body.receivedBytes;
		}
		return (await announce(bytes, { as })).body;
	};
	const admin = await team.admin.tokenIn(team.id);
	for (const upload of await Promise.all([send(token), send(admin)])) expect(upload).toMatchObject({ stored: true });
	expect(new Uint8Array(await (await read(sha256, {}, admin)).arrayBuffer())).toEqual(bytes);
});
