import { describe, expect, test } from "bun:test";
import { filesUnder, isCode, isTest, linesMatching, sourceFiles } from "./source-files.ts";

/** This file names what it forbids. */
const others = sourceFiles.filter(({ path }) => path !== "e2e/checks/nothing-left-behind.test.ts");
const code = others.filter(({ path }) => isCode(path));
const tests = others.filter(({ path }) => isTest(path));

describe("nothing is left behind", () => {
	test("no file names a path of one machine", () => {
		expect(linesMatching(others, /(^|["'`\s(=])\/(home|Users|work|root)\/[a-z][\w.-]*\//)).toEqual([]);
	});

	test("no file names a package registry", () => {
		expect(linesMatching(others, /registry\.npmjs|registry=|\bverdaccio\b|artifactory/i)).toEqual([]);
	});

	test("no test is focused or skipped", () => {
		expect(
			linesMatching(
				tests,
				/\b(test|it|describe)\.(only|skip|todo|failing|fixme|if)\b|\b(fit|xit|fdescribe|xdescribe)\(/,
			),
		).toEqual([]);
	});

	test("no test asserts nothing", () => {
		expect(linesMatching(tests, /expect\((true|false|1)\)\.(toBe|toEqual|toBeTruthy|toBeFalsy)/)).toEqual([]);
	});

	test("no test waits for time to pass", () => {
		// A few milliseconds between two looks at a condition are how one waits for it; more than that is a guess.
		const waits = /\bwaitForTimeout\b|\b(sleep|delay)\((\d{3,}|\d+_\d)|setTimeout\(\w+, ?(\d{3,}|\d+_\d)/;
		expect(linesMatching(tests, waits)).toEqual([]);
	});

	test("no unfinished note is committed", () => {
		expect(linesMatching(code, /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
	});

	test("no compiler or linter is silenced without a reason", () => {
		expect(
			linesMatching(
				code,
				/@ts-(ignore|nocheck)|@ts-expect-error\s*$|oxlint-disable(?!.*--)|eslint-disable|biome-ignore/,
			),
		).toEqual([]);
	});

	test("the environment is read in one file", () => {
		const readers = filesUnder("backend").filter(
			({ path }) => isCode(path) && !isTest(path) && path !== "backend/env.ts",
		);
		expect(linesMatching(readers, /\b(process|Bun)\.env\b(?!:)/)).toEqual([]);
	});

	test("pages are never rendered raw", () => {
		const shipped = filesUnder("extension").filter(({ path }) => isCode(path) && !isTest(path));
		expect(
			linesMatching(
				shipped,
				/dangerouslySetInnerHTML|\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML|document\.write/,
			),
		).toEqual([]);
	});
});
