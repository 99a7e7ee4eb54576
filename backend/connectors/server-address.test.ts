import { describe, expect, test } from "bun:test";
import { placeContainer, readContainer, readServerAddress } from "./server-address.ts";

const page = /\/(?:dashboard|api)(?:\/|$)/;

const addresses: [typed: string, address: string | null][] = [
	["https://tables.example.org", "https://tables.example.org"],
	[" https://tables.example.org/ ", "https://tables.example.org"],
	["tables.example.org", "https://tables.example.org"],
	["https://example.org/tables//", "https://example.org/tables"],
	["https://example.org/tables/dashboard/#/nc/p1/m1", "https://example.org/tables"],
	["https://example.org/api/?x=1", "https://example.org"],
	["https://example.org/apiary", "https://example.org/apiary"],
	["http://localhost:8080", "http://localhost:8080"],
	["", null],
	["two words", null],
	["ftp://example.org", null],
	["https://user:secret@example.org", null],
];

describe("CON-1: the address of a server", () => {
	test.each(addresses)("%p", (typed, address) => {
		expect(readServerAddress(typed, page)).toBe(address);
	});

	test("goes with a container and comes back", () => {
		expect(readContainer(placeContainer("p1", "https://a@b.example"))).toEqual({
			id: "p1",
			address: "https://a@b.example",
		});
		expect(readContainer("p1")).toEqual({ id: "p1", address: "" });
	});
});
