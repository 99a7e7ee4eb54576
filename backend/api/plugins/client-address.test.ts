import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { addressRanges, isAddressRange } from "../../address-ranges.ts";
import { rateLimits } from "../../identity/rate-limits.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { clientBehind, countedAddress } from "./client-address.ts";

describe("SEC-1: whose X-Forwarded-For is believed", () => {
	const trusted = addressRanges(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
	const cases: [name: string, socket: string, header: string | null, client: string][] = [
		["nobody's, when the socket is no proxy of ours", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
		["a proxy's", "127.0.0.1", "198.51.100.1", "198.51.100.1"],
		["a proxy that adds nothing", "127.0.0.1", null, "127.0.0.1"],
		["what the client wrote before its own address", "127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"],
		["a chain of our proxies", "127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.2.3, 10.9.9.9", "198.51.100.1"],
		["a client that names one of our proxies as itself", "127.0.0.1", "10.0.0.7, 198.51.100.1", "198.51.100.1"],
		["only proxies of ours", "127.0.0.1", "10.0.0.7, 10.0.0.8", "10.0.0.7"],
		["a port behind the address", "127.0.0.1", "198.51.100.1:4711", "198.51.100.1"],
		["IPv6", "fd12::1", "2001:db8::7", "2001:db8::7"],
		["IPv6 with a port", "fd12::1", "[2001:db8::7]:4711", "2001:db8::7"],
		["IPv4 in IPv6", "127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"],
		["what is no address", "127.0.0.1", "unknown", "127.0.0.1"],
		["an address behind what is none", "127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"],
		["an empty header", "127.0.0.1", "", "127.0.0.1"],
	];
	for (const [name, socket, header, client] of cases) {
		test(`SEC-1: ${name}`, () => {
			expect(clientBehind(trusted, socket, header)).toBe(client);
		});
	}

	test("SEC-1: without proxies set nothing is believed, from this machine neither", () => {
		expect(clientBehind(addressRanges([]), "127.0.0.1", "198.51.100.1")).toBe("127.0.0.1");
	});

	test("SEC-1: a setting that is no range is refused at the start", () => {
		for (const range of ["192.0.2.7", "10.0.0.0/8", "fd00::/8", "::1", "0.0.0.0/0"])
			expect({ range, is: isAddressRange(range) }).toEqual({ range, is: true });
		for (const range of ["proxy", "10.0.0.0/33", "fd00::/129", "10.0.0/8", "10.0.0.0/8/8", "10.0.0.0/", "/8"])
			expect({ range, is: isAddressRange(range) }).toEqual({ range, is: false });
	});
});

test("SEC-1: IPv6 is counted by network, IPv4 by address", () => {
	const first = countedAddress("2001:db8:1:2::1");
	for (const same of ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0DB8:1:2::", "2001:db8:1:2:0:0:192.0.2.1"]) {
		expect(countedAddress(same)).toBe(first);
	}
	for (const other of ["2001:db8:1:3::1", "2001:db8::2:0:0:1", "::1", "fe80::1%eth0"]) {
		expect(countedAddress(other)).not.toBe(first);
	}
	expect(countedAddress("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
	expect(countedAddress("192.0.2.1")).not.toBe(countedAddress("192.0.2.2"));
});

describe("SEC-1: limits behind a proxy of the operator", () => {
	let backend: TestBackend;
	beforeAll(async () => {
		// The clock stands still, so that no window ends in the middle.
		const now = Date.now();
		const variables = { SHEAF_TRUSTED_PROXIES: "127.0.0.1, ::1" };
		backend = await startTestBackend({ variables, deps: { clock: () => now } });
	});
	afterAll(async () => {
		await backend.close();
	});

	const token = async (forwarded: string) => {
		const body = new URLSearchParams({ client_id: "sheaf-extension", grant_type: "none" });
		const headers = { "x-forwarded-for": forwarded };
		return (await fetch(`${backend.url}/oauth/token`, { method: "POST", body, headers })).status;
	};

	test("SEC-1: one client that floods is throttled whatever it writes into the header, and another is not", async () => {
		const statuses = new Set<number>();
		for (let sent = 0; sent <= rateLimits.tokenPerAddress.hits; sent += 100) {
			const answers = await Promise.all(Array.from({ length: 101 }, (_, i) => token(`6.6.6.${i}, 198.51.100.1`)));
			for (const status of answers) statuses.add(status);
		}
		expect(statuses).toEqual(new Set([400, 429]));
		expect(await token("198.51.100.1")).toBe(429);
		expect(await token("198.51.100.2")).toBe(400);
	});
});
