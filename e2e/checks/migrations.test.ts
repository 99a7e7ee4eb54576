import { describe, expect, test } from "bun:test";
import { basename } from "node:path";
import { filesUnder } from "./source-files.ts";

const migrations = filesUnder("migrations")
	.filter(({ path }) => path.endsWith(".sql") && basename(path) !== "schema.sql")
	.toSorted((a, b) => a.path.localeCompare(b.path));

describe("migrations", () => {
	test("they are numbered from 0001 without gaps", () => {
		expect(migrations.length).toBeGreaterThan(2);
		const numbers = migrations.map(({ path }) => basename(path).slice(0, 5));
		expect(numbers).toEqual(migrations.map((_, index) => `${String(index + 1).padStart(4, "0")}_`));
	});

	test("the first line says why", () => {
		const silent = migrations.filter(({ text }) => !/^-- \S.{15,}/.test(text));
		expect(silent.map(({ path }) => path)).toEqual([]);
	});

	test("they hold no password and no explicit transaction", () => {
		const wrong = migrations.filter(({ text }) => /\bpassword\s+'|^\s*(begin|commit)\s*;/im.test(text));
		expect(wrong.map(({ path }) => path)).toEqual([]);
	});

	test("J8: none takes away what the version before uses, which works beside this one while it is deployed", () => {
		// What squawk does not look for; what it does (dropped and renamed columns, required ones) no file may tell it to ignore.
		const takesAway = /^\s*(drop (?!constraint|index)|alter .*\b(rename|drop column)\b|revoke .* from sheaf_)/i;
		const silencing =
			/squawk-ignore.*\b(ban-drop-(table|column|database)|renaming-|adding-required-field|changing-column-type)/;
		const taking = migrations.flatMap(({ path, text }) => {
			const lines = text.split("\n");
			return lines.flatMap((line, index) =>
				(takesAway.test(line) || silencing.test(line)) && !/^-- contract: .{15,}/.test(lines[index - 1] ?? "")
					? [`${path}:${index + 1} ${line.trim()}`]
					: [],
			);
		});
		expect(taking).toEqual([]);
	});

	test("TEN-1: a file that makes a tenant table also forces its row-level security", () => {
		const unguarded = migrations.filter(
			({ text }) => text.includes("workspace_id uuid not null default") && !/force row level security/i.test(text),
		);
		expect(unguarded.map(({ path }) => path)).toEqual([]);
	});
});
