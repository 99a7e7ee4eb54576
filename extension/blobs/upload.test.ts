import { describe, expect, test } from "bun:test";
import { maxPictureBytes as contractMax, blobAddressPrefix as contractPrefix } from "../../backend/contract/blobs.ts";
import { createClient } from "../api/client.ts";
import { blobAddress, blobAddressPrefix, hashOfAddress, maxPictureBytes } from "./address.ts";
import { sha256Of } from "./hash.ts";
import { BlobServer, refused } from "./test-blob-server.ts";
import { type BlobSource, sourceOf, uploadBlob } from "./upload.ts";

const bytes = new Blob(["ten letter"], { type: "image/png" });

async function aSource(): Promise<BlobSource> {
	return sourceOf(bytes, await sha256Of(bytes));
}

const textOf = (server: BlobServer, { sha256 }: BlobSource) =>
	new TextDecoder().decode(server.blobs.get(sha256)?.received);

describe("BLOB-1: an address of bytes", () => {
	test("is written as the contract says, and read back", async () => {
		expect(blobAddressPrefix).toBe(contractPrefix);
		expect(maxPictureBytes).toBe(contractMax);
		const sha256 = await sha256Of(new Blob([""]));
		expect(sha256).toBe("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
		expect(hashOfAddress(blobAddress(sha256))).toBe(sha256);
		expect(hashOfAddress("https://example.com/a.png")).toBeNull();
		expect(hashOfAddress(`${blobAddressPrefix}short`)).toBeNull();
	});
});

describe("BLOB-1: an upload", () => {
	test("sends every part once, tells how far it is, and ends when all of it is stored", async () => {
		const server = new BlobServer();
		const source = await aSource();
		const told: number[] = [];
		await uploadBlob(source, { client: server.client, onProgress: (received) => told.push(received) });
		expect(server.parts).toEqual(["0+4", "4+4", "8+2"]);
		expect(told).toEqual([0, 4, 8, 10]);
		expect(textOf(server, source)).toBe("ten letter");
	});

	test("goes on where one was cut off, and sends nothing of what is stored", async () => {
		const server = new BlobServer();
		const source = await aSource();
		server.beforePart = (offset) => {
			if (offset === 8) throw refused(0, "client/unreachable");
		};
		await expect(uploadBlob(source, server)).rejects.toMatchObject({ code: "client/unreachable" });
		server.beforePart = () => undefined;
		await uploadBlob(source, server);
		await uploadBlob(source, server);
		expect(server.parts).toEqual(["0+4", "4+4", "8+2"]);
	});

	test("goes on from where the server is when another context sent a part meanwhile", async () => {
		const server = new BlobServer();
		const source = await aSource();
		let isFirst = true;
		server.beforePart = (offset) => {
			const known = server.blobs.get(source.sha256);
			if (isFirst && offset === 4 && known) known.received = new TextEncoder().encode("ten lett");
			isFirst = isFirst && offset !== 4;
		};
		await uploadBlob(source, server);
		expect(textOf(server, source)).toBe("ten letter");
		expect(server.parts).toEqual(["0+4", "8+2"]);
	});

	test("begins anew when it arrived damaged, and gives up when it always does", async () => {
		const server = new BlobServer();
		const source = await aSource();
		server.damages = 1;
		await uploadBlob(source, server);
		expect(textOf(server, source)).toBe("ten letter");
		const worse = new BlobServer();
		worse.damages = 10;
		await expect(uploadBlob(source, worse)).rejects.toMatchObject({ code: "blobs/hash-mismatch" });
	});

	test("that is refused says why", async () => {
		const server = new BlobServer();
		server.refusal = refused(413, "blobs/quota-exceeded");
		await expect(uploadBlob(await aSource(), server)).rejects.toMatchObject({ code: "blobs/quota-exceeded" });
	});

	test("sends parts as bytes under the token, and refreshes it once when it has expired (OUT-2)", async () => {
		const sent: { type: string | null; bearer: string | null; size: number }[] = [];
		const client = createClient({
			serverUrl: async () => "https://sheaf.example",
			token: async (old) => (old === undefined ? "token-1" : "token-2"),
			fetch: async (_url, { headers, body }) => {
				const given = new Headers(headers);
				const size = body instanceof Blob ? body.size : -1;
				sent.push({ type: given.get("content-type"), bearer: given.get("authorization"), size });
				if (given.get("authorization") === "Bearer token-1") {
					const error = { code: "auth/token-expired", message: "Expired." };
					return Response.json({ error }, { status: 401 });
				}
				return Response.json({ receivedBytes: 10, stored: true });
			},
		});
		await client.putBlobPart({ sha256: "x", offset: 0, bytes });
		expect(sent).toEqual([
			{ type: "application/octet-stream", bearer: "Bearer token-1", size: 10 },
			{ type: "application/octet-stream", bearer: "Bearer token-2", size: 10 },
		]);
	});
});
