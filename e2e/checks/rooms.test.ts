import { describe, expect, test } from "bun:test";
import { basename, dirname } from "node:path";
import { filesUnder, isCode, isTest } from "./source-files.ts";

const childFolders = (folder: string): string[] => [
	...new Set(
		filesUnder(folder)
			.map(({ path }) => path.slice(folder.length + 1).split("/"))
			.filter((parts) => parts.length > 1)
			.map((parts) => parts[0] ?? ""),
	),
];

const textOf = (path: string): string => filesUnder(dirname(path)).find((file) => file.path === path)?.text ?? "";

describe("adding things: one folder or file, one registry line", () => {
	test("the contract imports the schema library and itself, nothing else", () => {
		const imports = filesUnder("backend/contract").flatMap(({ path, text }) =>
			[...text.matchAll(/from "([^"]+)"/g)].map(([, from = ""]) => ({ path, from })),
		);
		expect(imports.length).toBeGreaterThan(5);
		expect(imports.filter(({ from }) => from !== "@sinclair/typebox" && !from.startsWith("./"))).toEqual([]);
	});

	test("CON-1: every connector has its files and its registry line", () => {
		const connectors = childFolders("backend/connectors").filter((name) => name !== "fixtures");
		expect(connectors.length).toBeGreaterThan(0);
		const registry = textOf("backend/connectors/registry.ts");
		for (const name of connectors) {
			const files = filesUnder(`backend/connectors/${name}`).map(({ path }) => path.split("/").slice(3).join("/"));
			// One that is only read from has nothing to push, and lists.
			const index = textOf(`backend/connectors/${name}/index.ts`);
			const isOnlyRead = index.includes("onlySource: true");
			const moves = isOnlyRead ? "list.ts" : "push.ts";
			for (const needed of ["index.ts", "discover.ts", moves]) expect(files, name).toContain(needed);
			// One that reads files asks nobody whom a simulator could stand in for.
			expect(
				index.includes("readsFiles: true") || files.some((file) => file.startsWith("simulator")),
				`${name} has a simulator`,
			).toBe(true);
			expect(
				files.some((file) => file.includes("conformance") || isTest(file)),
				`${name} has tests`,
			).toBe(true);
			expect(registry, `${name} is listed`).toContain(`./${name}/index.ts`);
		}
	});

	test("CAP-1: every extractor is listed and has a fixture", () => {
		const folder = "extension/capture/extractors";
		const names = filesUnder(folder)
			.filter(({ path, text }) => isCode(path) && !isTest(path) && /^export const \w+: Extractor\b/m.test(text))
			.map(({ path }) => basename(path, ".ts"));
		expect(names.length).toBeGreaterThan(5);
		const registry = textOf(`${folder}/registry.ts`);
		const fixtures = childFolders("extension/capture/fixtures");
		for (const name of names) {
			expect(registry, `${name} is listed`).toContain(`./${name}.ts`);
			expect(fixtures, `${name} has a fixture`).toContain(name);
		}
	});

	test("every job has a payload, a run and its registry line", () => {
		const jobs = childFolders("backend/jobs");
		expect(jobs.length).toBeGreaterThan(0);
		const registry = textOf("backend/jobs/registry.ts");
		for (const name of jobs) {
			const files = filesUnder(`backend/jobs/${name}`).map(({ path }) => basename(path));
			expect(files, name).toContain("payload.ts");
			expect(files, name).toContain("run.ts");
			expect(registry, `${name} is listed`).toContain(`./${name}/run.ts`);
		}
	});

	test("every route file is mounted", () => {
		const resources = childFolders("backend/api").filter((name) => name !== "plugins" && name !== "testing");
		const routes = resources.flatMap((name) =>
			filesUnder(`backend/api/${name}`).filter(
				({ path, text }) => isCode(path) && !isTest(path) && /\.(get|post|put|patch|delete)\(/.test(text),
			),
		);
		expect(routes.length).toBeGreaterThan(8);
		const others = filesUnder("backend/api").filter(({ path }) => !isTest(path));
		const unmounted = routes.filter(
			({ path }) => !others.some((file) => file.path !== path && file.text.includes(`/${basename(path)}"`)),
		);
		expect(unmounted.map(({ path }) => path)).toEqual([]);
	});
});
