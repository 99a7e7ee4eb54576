import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { builtExtension } from "../support/paths.ts";

/** What a zip says of a file beside its bytes: two headers, each with its path. */
const headerBytes = 76;

/** Paths of the artefact's files with what each weighs in the zip. */
const files = readdirSync(builtExtension, { recursive: true, encoding: "utf8" })
	.filter((path) => statSync(join(builtExtension, path)).isFile())
	.map((path) => ({ path, bytes: deflateRawSync(readFileSync(join(builtExtension, path)), { level: 9 }).length }));

const weightOf = (pattern: RegExp): number =>
	files.filter(({ path }) => pattern.test(path)).reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * In kB of the zip. Each is a little over what the part weighs: what makes one heavier by more than a few sentences or a form is seen
 * here, with the part that it went into, and this line is changed with it.
 */
const mostKB: [part: string, pattern: RegExp, kB: number][] = [
	["what every capture injects", /^capture\.js$/, 64],
	["the article extractor", /^capture-body\.js$/, 94],
	["the tables' script", /^capture-tables\.js$/, 21],
	["the pictures' script", /^capture-pictures\.js$/, 2],
	["the picker", /^picker\.js$/, 23],
	["the background, without what it shares with the pages", /^background\.js$/, 32],
	["what takes a picture of a page", /^shot-page\.js$/, 2],
	["Electric's client", /^chunks\/follow-shape/, 18],
	["the pages' scripts, without it", /^chunks\/(?!follow-shape)/, 197],
	["the pages' styles", /^assets\//, 15.5],
	["the popup's page with its styles", /^popup\.html$/, 7],
	["the words, in six languages", /^_locales\//, 141],
];

describe("J4: what a person downloads", () => {
	test.each(mostKB)("J4: %s", (_part, pattern, kB) => {
		const weight = weightOf(pattern) / 1_000;
		expect(weight).toBeGreaterThan(0);
		expect(weight).toBeLessThanOrEqual(kB);
	});

	test("J4: all of it", () => {
		const all = files.reduce((sum, { path, bytes }) => sum + bytes + headerBytes + 2 * path.length, 0);
		expect(all / 1_000).toBeLessThanOrEqual(632);
	});
});
