import { isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Resolve } from "./checked-address.ts";

/** A server that nobody is to be led to, whatever else is allowed. */
export type ForbiddenPlace = { host: string; port: number };

/**
 * Whether an address that was looked up is one of these places (SEC-2). Loopback has many spellings and a machine many addresses:
 * all those of this machine are one.
 */
export async function isForbiddenPlace(
	{ addresses, port }: { addresses: readonly string[]; port: number },
	places: readonly ForbiddenPlace[],
	resolve: Resolve,
): Promise<boolean> {
	const reached = new Set(addresses.map(identityOf));
	for (const place of places.filter((candidate) => candidate.port === port)) {
		const host = place.host.replace(/^\[|\]$/g, "");
		// A name that does not resolve now leads nobody there either.
		const own = isIP(host) === 0 ? await resolve(host).catch((): string[] => []) : [host];
		if (own.some((address) => reached.has(identityOf(address)))) return true;
	}
	return false;
}

const thisMachine = "this machine";

function identityOf(address: string): string {
	const plain = unmapped(address.split("%")[0] ?? address);
	if (plain === "::" || plain === "::1" || /^(127|0)\./.test(plain)) return thisMachine;
	return localAddresses().has(plain) ? thisMachine : plain;
}

function localAddresses(): Set<string> {
	return new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)));
}

/** `::ffff:127.0.0.1`, which is also `::ffff:7f00:1`, as the IPv4 address it leads to; IPv6 in its one short spelling. */
function unmapped(address: string): string {
	if (isIP(address) !== 6) return address;
	const short = new URL(`http://[${address}]/`).hostname.slice(1, -1);
	const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(short) ?? [];
	if (high === undefined || low === undefined) return short;
	const bytes = [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
	return bytes.join(".");
}

const defaultPorts: Readonly<Record<string, number>> = { "redis:": 6_379, "rediss:": 6_379 };

/** Where the server of a connection address listens, for example of `DATABASE_URL`. */
export function placeOf(address: string): ForbiddenPlace {
	const { protocol, hostname, port } = new URL(address);
	return { host: hostname, port: port === "" ? (defaultPorts[protocol] ?? 5_432) : Number(port) };
}
