import { describe, expect, test } from "bun:test";
import { basename } from "node:path";
import { filesUnder, isCode, isTest, sourceFiles } from "./source-files.ts";

const rooms = ["backend", "extension", "e2e"];
const ourCode = rooms.flatMap(filesUnder).filter(({ path }) => isCode(path));
/** Nowhere in a name; `service` only not as the whole of one (`as-service.ts` names a role of the database). */
const vagueWords = /^(utils?|helpers?|common|managers?|misc)$/;
const vagueNames = /^(utils?|helpers?|common|managers?|misc|services?)$/;
const longestFile = 250;
/** Tests are lists: what makes them long is more cases, not more to hold in mind. */
const longestTest = 350;
const longestReadme = 150;

describe("names and sizes", () => {
	test("there are sources to look at", () => {
		expect(ourCode.length).toBeGreaterThan(40);
	});

	test("no file or folder has a name that says nothing", () => {
		const saysNothing = (name: string) =>
			vagueNames.test(name) || name.split("-").some((word) => vagueWords.test(word));
		const vague = sourceFiles.filter(({ path }) =>
			path.split("/").some((part) => saysNothing(part.replace(/\..*$/, ""))),
		);
		expect(vague.map(({ path }) => path)).toEqual([]);
	});

	test("files are named in kebab-case", () => {
		const odd = ourCode.filter(({ path }) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.tsx?$/.test(basename(path)));
		expect(odd.map(({ path }) => path)).toEqual([]);
	});

	test("no source file is longer than 250 lines, no test than 350", () => {
		const long = rooms
			.flatMap(filesUnder)
			.filter(({ path }) => /\.(tsx?|css)$/.test(path))
			.filter(({ path, text }) => text.trimEnd().split("\n").length > (isTest(path) ? longestTest : longestFile));
		expect(long.map(({ path }) => path)).toEqual([]);
	});

	test("the README stays under 150 lines", () => {
		const readme = sourceFiles.find(({ path }) => path === "README.md");
		expect(readme?.text.split("\n").length ?? Number.POSITIVE_INFINITY).toBeLessThan(longestReadme);
	});

	test("every room has a sentence over its door", () => {
		const folders = new Set(
			[...filesUnder("backend"), ...filesUnder("extension")]
				.filter(({ path }) => isCode(path) && !path.startsWith("extension/entrypoints/"))
				.map(({ path }) => path.split("/").slice(0, 2).join("/"))
				.filter((path) => !path.endsWith(".ts")),
		);
		const silent = [...folders].filter((folder) => {
			const opens = filesUnder(folder).some(({ path }) => path === `${folder}/README.md`);
			return !opens && !filesUnder(folder).some(({ text }) => text.startsWith("/**"));
		});
		expect(silent).toEqual([]);
	});
});
