import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import type { Identity } from "../../identity/identity.ts";
import { countHits, type RateLimit, rateLimits } from "../../identity/rate-limits.ts";
import { type AddressSource, countedAddress, knownClient } from "./client-address.ts";
import { isPublicApi, isWayIn } from "./public-api.ts";
import { principalOf } from "./require-auth.ts";

const readMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * SEC-1 for everything that changes something, for looking around at a provider, which is asked each time, and for the ways in, which anybody
 * may ask: a client in a loop is told to wait, and nobody else notices. Counted per device and per person. Comes after the
 * authentication gate.
 */
export function limitWrites(identity: Identity) {
	return new Elysia({ name: "limit-writes" }).onRequest(async ({ request, server }) => {
		const { pathname } = new URL(request.url);
		if (!pathname.startsWith("/api/v1/")) return;
		if (isWayIn(pathname)) {
			await count(identity, "address", [[rateLimits.authPerAddress, clientAddress(server, request)]]);
			return;
		}
		// Its route counts, because it knows who is really speaking.
		if (isPublicApi(pathname)) return;
		if (readMethods.has(request.method) && !/^\/api\/v1\/connections\/[^/]+\/(tables|rows)$/.test(pathname)) return;
		const principal = principalOf(request);
		const [device, person] = [principal?.sessionId ?? "", principal?.userId ?? ""];
		if (pathname.startsWith("/api/v1/writes/")) {
			await count(identity, "writes", [
				[rateLimits.writesPerSession, device],
				[rateLimits.writesPerPerson, person],
			]);
			return;
		}
		await count(identity, "changes", [
			[rateLimits.changesPerSession, device],
			[rateLimits.changesPerPerson, person],
		]);
	});
}

const refusals = {
	address: (seconds: number) => `Too many requests from this address. Try again in ${seconds} s.`,
	writes: () => "Too many requests from this device. It is sent again by itself.",
	changes: (seconds: number) => `Too many requests from this device. Try again in ${seconds} s.`,
} as const;

async function count(
	identity: Identity,
	what: keyof typeof refusals,
	counted: readonly (readonly [RateLimit, string])[],
): Promise<void> {
	const answer = await countHits(identity, counted);
	if (answer.ok) return;
	const { retryAfterSeconds } = answer;
	throw new SheafError("request/rate-limited", refusals[what](retryAfterSeconds), { details: { retryAfterSeconds } });
}

/**
 * Who is asking, as a limit counts it: `client-address.ts` says whom forwarding headers are believed, and why IPv6 addresses are
 * counted by network.
 */
export function clientAddress(server: AddressSource | null, request: Request): string {
	return countedAddress(knownClient(server, request));
}
