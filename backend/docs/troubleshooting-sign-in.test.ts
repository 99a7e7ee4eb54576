import { expect, test } from "bun:test";
import { Glob } from "bun";
import { errorCodes } from "../contract/errors.ts";
import { rateLimits } from "../identity/rate-limits.ts";
import { readPage } from "./test-page.ts";

const page = await readPage("troubleshooting-sign-in.md");
const root = new URL("../../", import.meta.url).pathname;

async function sources(): Promise<string> {
	const globs = ["{backend,extension}/**/*.{ts,tsx}", "extension/locales/en/*.json"];
	const paths = globs.flatMap((glob) => [...new Glob(glob).scanSync({ cwd: root })]);
	const shipped = paths.filter((path) => !/\.test\.|\/test-|\/docs\//.test(path));
	return (await Promise.all(shipped.map((path) => Bun.file(root + path).text()))).join("\n");
}

test("ID-2: what the page says is seen is said somewhere, in these words", async () => {
	const said = await sources();
	const seen = page
		.split("\n")
		.filter((line) => line.startsWith("| "))
		.flatMap((line) => [...(line.split(" | ")[0] ?? "").matchAll(/“…? ?([^”]+)”/g)].map(([, words = ""]) => words));
	expect(seen.length).toBeGreaterThan(15);
	expect(seen.filter((words) => !said.includes(words))).toEqual([]);
});

test("SEC-1: the limits it names are those that count", () => {
	const inMinutes = ["passwordPerAccount", "passwordPerAddress", "lettersPerAccount", "lettersPerAddress"] as const;
	for (const name of inMinutes) {
		const { hits, seconds } = rateLimits[name];
		expect({ name, told: page.includes(`${hits} in ${seconds / 60} min`) }).toEqual({ name, told: true });
	}
	expect(page).toContain(`${rateLimits.codesPerAccount.hits} an hour`);
	for (const name of ["tokenPerAddress", "authPerAddress", "changesPerSession"] as const)
		expect(page).toContain(`${rateLimits[name].hits} a minute`);
	const hits = (name: keyof typeof rateLimits): number => rateLimits[name].hits;
	expect(hits("writesPerPerson")).toBe(3 * hits("writesPerSession"));
	expect(hits("changesPerPerson")).toBe(3 * hits("changesPerSession"));
});

test("ID-2: the error codes it names are in the contract", () => {
	const named = [...page.matchAll(/`((?:auth|users|sessions|workspaces)\/[a-z-]+)`/g)].map(([, code]) => code);
	expect(named.length).toBeGreaterThan(2);
	expect(named.filter((code) => !errorCodes.some((known) => known === code))).toEqual([]);
});
