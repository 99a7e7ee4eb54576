import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestBackend, type TestBackend } from "../../testing/test-backend.ts";
import { bearerProbes } from "./test-bearer-probes.ts";
import { codeProbes } from "./test-code-probes.ts";
import { inWorld, type ProbeGroup } from "./test-probe.ts";
import { proofProbes } from "./test-proof-probes.ts";
import { refreshProbes } from "./test-refresh-probes.ts";
import { redirectProbes, requestProbes } from "./test-request-probes.ts";

const groups: readonly ProbeGroup[] = [
	redirectProbes,
	requestProbes,
	codeProbes,
	proofProbes,
	refreshProbes,
	bearerProbes,
];

let backend: TestBackend;
beforeAll(async () => {
	backend = await startTestBackend();
});
afterAll(async () => {
	await backend.close();
});

for (const { title, requirement, probes } of groups) {
	describe(`${requirement}: ${title}`, () => {
		for (const probe of probes) {
			test(`${requirement}: ${probe.name} → ${probe.promised}`, async () => {
				expect(await inWorld(backend, probe)).toBe(probe.promised);
			});
		}
	});
}
