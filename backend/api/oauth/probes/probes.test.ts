import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "../../testing/test-backend.ts";
import { allProbes } from "./test-all-probes.ts";
import { inWorld } from "./test-probe.ts";

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
