import { describe, expect, test } from "bun:test";
import { languageOf } from "./page-language.ts";

const wants = (header: string | null) =>
	languageOf(new Request("http://localhost/", header === null ? {} : { headers: { "accept-language": header } }));

describe("J5: the language of a page", () => {
	test.each([
		["de", "de"],
		["de-AT,de;q=0.9,en;q=0.8", "de"],
		["en;q=0.5, fr;q=0.9", "fr"],
		["nl,ja;q=0.3", "ja"],
		["AR-eg", "ar"],
		["de;q=0, es;q=0.1", "es"],
		["nl, *;q=0.5", "en"],
		["", "en"],
		[`${"xx,".repeat(200_000)}de`, "en"],
		["de;q=nonsense", "de"],
	] as const)("J5: %p is answered in %s", (header, language) => {
		expect(wants(header)).toBe(language);
	});

	test("J5: without a wish it is English", () => {
		expect(wants(null)).toBe("en");
	});
});
