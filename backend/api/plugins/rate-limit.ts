import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import type { Identity } from "../../identity/identity.ts";
import { countHit, type RateLimit, rateLimits } from "../../identity/rate-limits.ts";
import { isPublicApi } from "./public-api.ts";
import { principalOf } from "./require-auth.ts";

const readMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * SEC-1 for everything that changes something, for discovery, which asks the provider each time, and for the ways in, which anybody
 * may ask: a client in a loop is told to wait, and nobody else notices. Comes after the authentication gate.
 */
export function limitWrites(identity: Identity) {
	return new Elysia({ name: "limit-writes" }).onRequest(async ({ request, server }) => {
		const { pathname } = new URL(request.url);
		if (!pathname.startsWith("/api/v1/")) return;
		if (isPublicApi(pathname)) {
			await count(identity, rateLimits.authPerAddress, clientAddress(server, request));
			return;
		}
		if (readMethods.has(request.method) && !pathname.endsWith("/tables")) return;
		const batch = pathname.startsWith("/api/v1/writes/");
		const limit = batch ? rateLimits.writesPerSession : rateLimits.changesPerSession;
		await count(identity, limit, principalOf(request)?.sessionId ?? "");
	});
}

async function count(identity: Identity, limit: RateLimit, subject: string): Promise<void> {
	const answer = await countHit(identity, limit, subject);
	if (answer.ok) return;
	const { retryAfterSeconds } = answer;
	const next =
		limit === rateLimits.writesPerSession ? "It is sent again by itself." : `Try again in ${retryAfterSeconds} s.`;
	const who = limit === rateLimits.authPerAddress ? "address" : "device";
	throw new SheafError("request/rate-limited", `Too many requests from this ${who}. ${next}`, {
		details: { retryAfterSeconds },
	});
}

type AddressSource = { requestIP(request: Request): { address: string } | null };

/**
 * Who is asking, for limits: the socket's address. Forwarding headers are not read, because anybody can send them;
 * behind a proxy all clients therefore share one limit.
 */
export function clientAddress(server: AddressSource | null, request: Request): string {
	return server?.requestIP(request)?.address ?? "unknown";
}
