import { authorizationOf, signatureDue } from "./test-s3-signature.ts";

export const testS3 = {
	bucket: "pictures",
	region: "eu-test-1",
	accessKeyId: "AKIAIOSFODNN7EXAMPLE",
	secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** The least that a part but the last may have. */
const leastPartBytes = 5 * 1024 * 1024;

export type TestS3 = {
	endpoint: string;
	objects: Map<string, Uint8Array>;
	/** Each request as its method and the names of what stands behind the `?`. */
	asked: string[];
	/** Uploads in parts that were begun and neither completed nor aborted. */
	open: Map<string, Uint8Array[]>;
	/** The next requests fail with this status, or are never answered. */
	trouble: { status: number | "never"; times: number };
	stop(): Promise<void>;
};

/**
 * A stand-in for an S3-compatible service: it takes no request whose signature is not the one it computes itself, and keeps the rules of
 * uploads in parts (large enough, and no object before they are completed).
 */
export function startTestS3(): TestS3 {
	const state = {
		objects: new Map<string, Uint8Array>(),
		asked: [] as string[],
		open: new Map<string, Uint8Array[]>(),
		trouble: { status: 500, times: 0 } as TestS3["trouble"],
	};
	const server = Bun.serve({
		port: 0,
		hostname: "127.0.0.1",
		idleTimeout: 0,
		fetch: async (request) => {
			const url = new URL(request.url);
			state.asked.push([request.method, ...url.searchParams.keys()].join(" "));
			if (!isSigned(request, url)) return refusal(403, "SignatureDoesNotMatch");
			const body = new Uint8Array(await request.arrayBuffer());
			if (state.trouble.times > 0) {
				state.trouble.times -= 1;
				const { status } = state.trouble;
				return status === "never" ? await new Promise<Response>(() => undefined) : refusal(status, "InternalError");
			}
			if (!url.pathname.startsWith(`/${testS3.bucket}/`)) return refusal(404, "NoSuchBucket");
			return url.searchParams.size > 0 ? inParts(state, { request, url, body }) : whole(state, { request, url, body });
		},
	});
	return Object.assign(state, {
		endpoint: `http://127.0.0.1:${server.port}`,
		stop: async () => await server.stop(true),
	});
}

type State = Pick<TestS3, "objects" | "open">;
type Asked = { request: Request; url: URL; body: Uint8Array };

function isSigned(request: Request, url: URL): boolean {
	const { accessKeyId, scope, signature } = authorizationOf(request.headers);
	const due = signatureDue({ method: request.method, url, headers: request.headers }, testS3.secretAccessKey);
	return (
		signature === due &&
		accessKeyId === testS3.accessKeyId &&
		scope === `${request.headers.get("x-amz-date")?.slice(0, 8)}/${testS3.region}/s3/aws4_request`
	);
}

function whole({ objects }: State, { request, url, body }: Asked): Response {
	const key = url.pathname.slice(testS3.bucket.length + 2);
	if (request.method === "PUT") {
		objects.set(key, body);
		return new Response(null, { headers: { ETag: '"whole"' } });
	}
	const bytes = objects.get(key);
	if (request.method === "DELETE") {
		objects.delete(key);
		return new Response(null, { status: 204 });
	}
	if (bytes === undefined) return refusal(404, "NoSuchKey");
	const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
	if (range === null) return new Response(Uint8Array.from(bytes));
	const part = bytes.slice(Number(range[1]), range[2] === "" ? undefined : Number(range[2]) + 1);
	return new Response(Uint8Array.from(part), { status: 206 });
}

function inParts({ objects, open }: State, { request, url, body }: Asked): Response {
	const key = url.pathname.slice(testS3.bucket.length + 2);
	if (url.searchParams.has("uploads")) {
		const id = crypto.randomUUID();
		open.set(id, []);
		return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
	}
	const id = url.searchParams.get("uploadId") ?? "";
	const parts = open.get(id);
	if (parts === undefined) return refusal(404, "NoSuchUpload");
	if (request.method === "PUT") {
		parts[Number(url.searchParams.get("partNumber")) - 1] = body;
		return new Response(null, { headers: { ETag: '"part"' } });
	}
	open.delete(id);
	if (request.method === "DELETE") return new Response(null, { status: 204 });
	if (parts.slice(0, -1).some((part) => part.byteLength < leastPartBytes)) return refusal(400, "EntityTooSmall");
	objects.set(key, new Uint8Array(Buffer.concat(parts)));
	return xml('<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>');
}

function refusal(status: number, code: string): Response {
	return xml(`<Error><Code>${code}</Code><Message>refused</Message></Error>`, status);
}

function xml(body: string, status = 200): Response {
	return new Response(`<?xml version="1.0" encoding="UTF-8"?>${body}`, {
		status,
		headers: { "content-type": "application/xml" },
	});
}
