import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { startTestBackend, type TestBackend } from "../../testing/test-backend.ts";
import { allProbes } from "./test-all-probes.ts";
import { inWorld } from "./test-probe.ts";
import { listPath, renderedList } from "./test-probe-list.ts";

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

for (const { title, requirement, probes } of allProbes) {
	describe(`${requirement}: ${title}`, () => {
		for (const probe of probes) {
			test(`${requirement}: ${probe.name} → ${probe.promised}`, async () => {
				expect(await inWorld(backend, probe)).toBe(probe.promised);
			});
		}
	});
}

test("SEC-1: no two attacks have one name, and the list in backend/docs is theirs", () => {
	const names = allProbes.flatMap(({ probes }) => probes.map(({ name }) => name));
	expect(names.length).toBeGreaterThanOrEqual(45);
	expect(new Set(names).size).toBe(names.length);
	expect(readFileSync(listPath, "utf8")).toBe(renderedList(allProbes));
});
