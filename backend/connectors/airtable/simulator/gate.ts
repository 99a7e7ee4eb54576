import type { IncomingMessage } from "node:http";
import { baseIdIn } from "./api.ts";
import type { Call } from "./call.ts";
import { failure, notFound, type Reply } from "./replies.ts";
import type { Token } from "./tokens.ts";
import type { World } from "./world.ts";

export const maxUrlLength = 16_000;
/** Airtable documents 413 and no size; this is far above ten full rows and far below what would hurt. */
export const maxBodyBytes = 16 * 1024 * 1024;

export type Admitted = { kind: "admitted"; call: Call } | { kind: "turned_away"; reply: Reply };

/** Everything that is decided before a request is looked at: its length, whose it is, and whether it is too soon. */
export function admit(world: World, request: IncomingMessage, body: string | null): Admitted {
	const url = new URL(request.url ?? "/", "http://simulator.invalid");
	const segments = decodeSegments(url.pathname);
	const baseId = segments === null ? null : baseIdIn(segments);
	world.journal.request(baseId);
	if ((request.url ?? "").length > maxUrlLength)
		return turnedAway(failure(414, "REQUEST_URI_TOO_LONG", "URL too long"));
	if (body === null) return turnedAway(failure(413, "REQUEST_ENTITY_TOO_LARGE", "Request body is too large"));
	if (segments === null) return turnedAway(notFound());
	const token = authenticate(world, request.headers.authorization);
	if (!("userId" in token)) return turnedAway(token);
	const limited = limit(world, token, baseId);
	if (limited !== null) return turnedAway(limited);
	const parsed = parseBody(body);
	if (!parsed.ok) return turnedAway(failure(400, "BAD_REQUEST", "Could not parse request body"));
	const method = request.method ?? "GET";
	return { kind: "admitted", call: { world, token, method, segments, query: url.searchParams, body: parsed.value } };
}

function turnedAway(reply: Reply): Admitted {
	return { kind: "turned_away", reply };
}

function decodeSegments(pathname: string): string[] | null {
	if (!pathname.startsWith("/v0/")) return null;
	try {
		// The official client ends its paths with a slash.
		return pathname.slice("/v0/".length).replace(/\/$/, "").split("/").map(decodeURIComponent);
	} catch {
		return null;
	}
}

function authenticate(world: World, header: string | undefined): Token | Reply {
	const secret = /^Bearer (.+)$/.exec(header ?? "")?.[1];
	if (secret === undefined) return failure(401, "AUTHENTICATION_REQUIRED", "Authentication required");
	return world.tokens.find(secret) ?? failure(401, "UNAUTHORIZED", "Invalid token");
}

function limit(world: World, token: Token, baseId: string | null): Reply | null {
	if (!world.limits.admit(token.userId, baseId)) {
		world.journal.throttled(baseId);
		return failure(429, "RATE_LIMIT_REACHED", "You have exceeded the number of requests per second allowed.");
	}
	if (baseId === null || !world.exhausted.has(baseId)) return null;
	world.journal.throttled(baseId);
	return failure(
		429,
		"PUBLIC_API_BILLING_LIMIT_EXCEEDED",
		"The workspace has exceeded its monthly API call limit for its current plan.",
	);
}

function parseBody(body: string): { ok: true; value: unknown } | { ok: false } {
	if (body === "") return { ok: true, value: undefined };
	try {
		const value: unknown = JSON.parse(body);
		return { ok: true, value };
	} catch {
		return { ok: false };
	}
}
