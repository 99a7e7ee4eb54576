import { describe, expect, test } from "bun:test";
import { normalUrl, withoutTracking } from "./normal-url.ts";

describe("normalUrl", () => {
	const same: [address: string, normal: string][] = [
		["https://Example.COM/a", "https://example.com/a"],
		["https://example.com/a#part", "https://example.com/a"],
		["https://example.com/a/", "https://example.com/a"],
		["https://example.com/a//", "https://example.com/a"],
		["https://example.com/", "https://example.com/"],
		["https://example.com", "https://example.com/"],
		["https://example.com:443/a", "https://example.com/a"],
		["http://example.com:80/a", "http://example.com/a"],
		["http://example.com:8080/a", "http://example.com:8080/a"],
		["https://example.com/a?utm_source=x&id=7&fbclid=y", "https://example.com/a?id=7"],
		["https://example.com/a?UTM_Source=x", "https://example.com/a"],
		["https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"],
		["https://example.com/a?q=1+2&r=%20", "https://example.com/a?q=1+2&r=%20"],
		["https://example.com/a/?mc_cid=1&gclid=2", "https://example.com/a"],
		[" https://example.com/a ", "https://example.com/a"],
		["chrome://settings/", "chrome://settings/"],
		["not an address", "not an address"],
	];
	for (const [address, normal] of same) {
		test(`CAP-7: ${JSON.stringify(address)} is ${normal}`, () => {
			expect(normalUrl(address)).toBe(normal);
			expect(normalUrl(normalUrl(address))).toBe(normal);
		});
	}

	test("CAP-7: pages that differ stay different", () => {
		expect(normalUrl("https://example.com/a?utm=1")).not.toBe(normalUrl("https://example.com/a"));
		expect(normalUrl("https://example.com/A")).not.toBe(normalUrl("https://example.com/a"));
		expect(normalUrl("http://example.com/a")).not.toBe(normalUrl("https://example.com/a"));
	});
});

test("CAP-7: the address that is saved keeps its slash and its client-side route", () => {
	expect(withoutTracking("https://example.com/a/?utm_medium=m#top")).toBe("https://example.com/a/");
	expect(withoutTracking("https://example.com/app#/item/7")).toBe("https://example.com/app#/item/7");
});
