import { BlockList, isIP } from "node:net";

/** Addresses and CIDR ranges, of both families. */
export type AddressRanges = { include(address: string): boolean };

const widest = { 4: 32, 6: 128 } as const;

/** @param ranges as `isAddressRange` takes them */
export function addressRanges(ranges: readonly string[]): AddressRanges {
	const list = new BlockList();
	for (const range of ranges) {
		const [address = "", prefix] = range.split("/");
		const family = isIP(address);
		if (family !== 4 && family !== 6) continue;
		list.addSubnet(address, prefix === undefined ? widest[family] : Number(prefix), nameOf(family));
	}
	return {
		include: (address) => {
			const family = isIP(address);
			return (family === 4 || family === 6) && list.check(address, nameOf(family));
		},
	};
}

/** `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`. */
export function isAddressRange(text: string): boolean {
	const [address = "", prefix, ...more] = text.split("/");
	const family = isIP(address);
	if ((family !== 4 && family !== 6) || more.length > 0) return false;
	return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= widest[family]);
}

function nameOf(family: 4 | 6): "ipv4" | "ipv6" {
	return family === 4 ? "ipv4" : "ipv6";
}
