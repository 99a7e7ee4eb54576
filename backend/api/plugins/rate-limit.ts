import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import type { Identity } from "../../identity/identity.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import { principalOf } from "./require-auth.ts";

/** SEC-1 for writes: a client in a loop is told to wait, and nobody else notices. Comes after the authentication gate. */
export function limitWrites(identity: Identity) {
	return new Elysia({ name: "limit-writes" }).onRequest(async ({ request }) => {
		if (request.method !== "POST" || !new URL(request.url).pathname.startsWith("/api/v1/writes/")) return;
		const answer = await countHit(identity, rateLimits.writesPerSession, principalOf(request)?.sessionId ?? "");
		if (answer.ok) return;
		throw new SheafError("request/rate-limited", "Too many requests from this device. It is sent again by itself.", {
			details: { retryAfterSeconds: answer.retryAfterSeconds },
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
