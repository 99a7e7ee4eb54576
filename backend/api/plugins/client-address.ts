import { isIPv4, isIPv6 } from "node:net";
import { Elysia } from "elysia";
import { type AddressRanges, addressRanges } from "../../address-ranges.ts";

/** What Bun's server tells of a socket. */
export type AddressSource = { requestIP(request: Request): { address: string } | null };

const addresses = new WeakMap<Request, string>();

/**
 * Finds out who is asking, for limits: the socket's address, or behind a proxy of the operator (`SHEAF_TRUSTED_PROXIES`) the one
 * that proxy saw. Comes before whatever counts.
 */
export function knowClients(trustedProxies: readonly string[]) {
	const trusted = addressRanges(trustedProxies);
	return new Elysia({ name: "client-address" }).onRequest(({ request, server }) => {
		const socket = server?.requestIP(request)?.address;
		if (socket === undefined) return;
		addresses.set(request, clientBehind(trusted, plainAddress(socket), request.headers.get("x-forwarded-for")));
	});
}

/** The address found for this request; the socket's where nothing was looked for. */
export function knownClient(server: AddressSource | null, request: Request): string {
	return addresses.get(request) ?? plainAddress(server?.requestIP(request)?.address ?? "unknown");
}

/**
 * From the right, because each proxy appends whom it saw: the first that is no proxy of ours is the client, and what stands to the
 * left of it anybody could have written. The whole header is ignored when the socket itself is nobody we trust.
 */
export function clientBehind(trusted: AddressRanges, socket: string, forwardedFor: string | null): string {
	let client = socket;
	for (const entry of (forwardedFor ?? "").split(",").toReversed()) {
		if (!trusted.include(client)) return client;
		const hop = hopAddress(entry.trim());
		// A proxy of ours that names nobody: it is as far as we can see.
		if (hop === null) return client;
		client = hop;
	}
	return client;
}

/** With or without a port; an IPv6 address with one is in brackets. */
function hopAddress(entry: string): string | null {
	const [, bracketed, withPort] = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(entry) ?? [];
	const address = plainAddress(bracketed ?? withPort ?? entry);
	return isIPv4(address) || isIPv6(address) ? address : null;
}

/** An IPv4 client of a socket that takes both is written `::ffff:192.0.2.1`. */
function plainAddress(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	return mapped ?? address;
}

/**
 * What a limit counts. Whoever has one IPv6 address has at least 2^64 of them (RFC 6177), so those are counted as one: the first four
 * groups. IPv4 addresses are counted one by one.
 */
export function countedAddress(address: string): string {
	if (!isIPv6(address)) return address;
	const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
	const before = head === "" ? [] : head.split(":");
	const after = tail === undefined || tail === "" ? [] : tail.split(":");
	// A dotted ending stands for two groups.
	const groups = before.length + after.length + (address.includes(".") ? 1 : 0);
	const between = tail === undefined ? [] : Array.from({ length: 8 - groups }, () => "0");
	const network = [...before, ...between, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
	return `${network.join(":")}::/64`;
}
