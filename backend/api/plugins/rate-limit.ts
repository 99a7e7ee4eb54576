import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import type { Identity } from "../../identity/identity.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import { principalOf } from "./require-auth.ts";

const readMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * SEC-1 for everything that changes something, and for discovery, which asks the provider each time: a client in a loop is told
 * to wait, and nobody else notices. Comes after the authentication gate.
 */
export function limitWrites(identity: Identity) {
	return new Elysia({ name: "limit-writes" }).onRequest(async ({ request }) => {
		const { pathname } = new URL(request.url);
		const asksProvider = pathname.endsWith("/tables");
		if (!pathname.startsWith("/api/v1/") || (readMethods.has(request.method) && !asksProvider)) return;
		const batch = pathname.startsWith("/api/v1/writes/");
		const limit = batch ? rateLimits.writesPerSession : rateLimits.changesPerSession;
		const answer = await countHit(identity, limit, principalOf(request)?.sessionId ?? "");
		if (answer.ok) return;
		const { retryAfterSeconds } = answer;
		const next = batch ? "It is sent again by itself." : `Try again in ${retryAfterSeconds} s.`;
		throw new SheafError("request/rate-limited", `Too many requests from this device. ${next}`, {
			details: { retryAfterSeconds },
		});
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
