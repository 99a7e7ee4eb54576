import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * Addresses that belong to this machine, its network, its cloud or nobody: a person's URL must never reach them
 * (SEC-2). IANA's special-purpose registries, plus the metadata address one cloud keeps in public space.
 */
const refusedV4: readonly (readonly [network: string, prefix: number])[] = [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["168.63.129.16", 32], // Azure's platform endpoint
	["169.254.0.0", 16], // link-local, and most clouds' metadata
	["172.16.0.0", 12],
	["192.0.0.0", 24], // IETF assignments; Oracle's metadata
	["192.0.2.0", 24],
	["192.88.99.0", 24], // 6to4 relays
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 4],
	["240.0.0.0", 4],
];

/** Parts of global unicast that tunnel to, document or reserve other addresses. */
const refusedV6: readonly (readonly [network: string, prefix: number])[] = [
	["2001::", 23], // Teredo, ORCHID, benchmarking and other IETF assignments
	["2001:db8::", 32],
	["2002::", 16], // 6to4 carries any IPv4 address inside
	["3fff::", 20],
];

const blockedV4 = new BlockList();
for (const [network, prefix] of refusedV4) blockedV4.addSubnet(network, prefix, "ipv4");
const blockedV6 = new BlockList();
for (const [network, prefix] of refusedV6) blockedV6.addSubnet(network, prefix, "ipv6");
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/**
 * Whether an address is somewhere on the public internet. IPv6 is an allow-list: what is outside 2000::/3 (loopback,
 * unique local, link-local, mapped ::ffff:0:0/96, NAT64 64:ff9b::/96, multicast) is refused without being taken apart.
 */
export function isPublicAddress(address: string): boolean {
	if (isIPv4(address)) return !blockedV4.check(address, "ipv4");
	if (!isIPv6(address) || address.includes("%")) return false;
	return firstGroupIsGlobal(address) && globalUnicast.check(address, "ipv6") && !blockedV6.check(address, "ipv6");
}

/** Block lists compare a mapped address by the IPv4 address inside it on some runtimes; none of those begins with 2 or 3. */
function firstGroupIsGlobal(address: string): boolean {
	return /^[23][0-9a-f]{3}:/i.test(address);
}
