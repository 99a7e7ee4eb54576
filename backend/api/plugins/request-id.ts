import { Elysia } from "elysia";

const ids = new WeakMap<Request, string>();

/** The id under which a request is found in the log. Always our own: a client's would let it write into the log. */
export function requestId(request: Request): string {
	const known = ids.get(request);
	if (known) return known;
	const id = crypto.randomUUID();
	ids.set(request, id);
	return id;
}

const correlationHeaders = ["x-sheaf-actor", "x-sheaf-session", "x-sheaf-device"] as const;
const correlationValue = /^[A-Za-z0-9_.:-]{1,128}$/;

/** Puts the request id on every answer and echoes the correlation headers (OBS-1) when they are plain identifiers. */
export function correlate() {
	return new Elysia({ name: "request-id" }).onRequest(({ request, set }) => {
		set.headers["x-request-id"] = requestId(request);
		for (const name of correlationHeaders) {
			const value = request.headers.get(name);
			if (value !== null && correlationValue.test(value)) set.headers[name] = value;
		}
	});
}
