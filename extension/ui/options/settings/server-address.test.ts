import { describe, expect, test } from "bun:test";
import { readServerAddress, type ServerAddress } from "./server-address.ts";

describe("SEC-3: tokens go to an address that keeps them safe", () => {
	const addresses: [text: string, read: ServerAddress][] = [
		["https://sheaf.example.com", { ok: true, url: "https://sheaf.example.com" }],
		[" https://sheaf.example.com/ ", { ok: true, url: "https://sheaf.example.com" }],
		["https://SHEAF.example.com:8443", { ok: true, url: "https://sheaf.example.com:8443" }],
		["http://localhost:8787", { ok: true, url: "http://localhost:8787" }],
		["http://127.0.0.1:8787", { ok: true, url: "http://127.0.0.1:8787" }],
		["http://[::1]:8787", { ok: true, url: "http://[::1]:8787" }],
		["http://sheaf.example.com", { ok: false, problem: "insecure" }],
		["http://localhost.example.com", { ok: false, problem: "insecure" }],
		["https://sheaf.example.com/api", { ok: false, problem: "has-path" }],
		["https://user:key@sheaf.example.com", { ok: false, problem: "has-path" }],
		["sheaf.example.com", { ok: false, problem: "not-an-address" }],
		["javascript:alert(1)", { ok: false, problem: "not-an-address" }],
		["", { ok: false, problem: "not-an-address" }],
	];
	for (const [text, read] of addresses) {
		test(`SEC-3: “${text}”`, () => expect(readServerAddress(text)).toEqual(read));
	}
});
