/** One tenant's attacks on another: the list of them is `backend/docs/tenancy-probes.md`. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { sqlProbes } from "../../db/tenancy/test-sql-probes.ts";
import { createSqlScene, type SqlScene } from "../../db/tenancy/test-sql-scene.ts";
import { switchRowSecurityOff } from "../../db/test-row-security.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { httpProbes, listPath, renderedList } from "./test-tenancy-list.ts";
import { makeTenancyWorld, type TenancyWorld } from "./test-tenancy-world.ts";

const ways = [
	{ way: "as it is", switchesOff: false },
	{ way: "without row-level security", switchesOff: true },
];

describe.each(ways)("over HTTP, $way", ({ way, switchesOff }) => {
	let backend: TestBackend;
	let world: TenancyWorld;
	beforeAll(async () => {
		backend = await startTestBackend({ variables: { SHEAF_OPERATORS: "operator@example.test" } });
		world = await makeTenancyWorld(backend);
		if (switchesOff) await switchRowSecurityOff(backend.testDatabase.url);
	});
	afterAll(() => backend.close());

	for (const { title, requirement, probes } of httpProbes) {
		describe(title, () => {
			for (const probe of probes) {
				test(`${requirement}: ${probe.name}, ${way} → ${probe.promised}`, async () => {
					expect(await probe.attack(world)).toBe(probe.promised);
				});
			}
		});
	}
});

describe("in SQL, as the API's role", () => {
	let scene: SqlScene;
	beforeAll(async () => {
		scene = await createSqlScene();
	});
	afterAll(() => scene.close());

	for (const probe of sqlProbes.probes) {
		test(`${sqlProbes.requirement}: ${probe.name} → ${probe.promised}`, async () => {
			expect(await probe.attack(scene)).toBe(probe.promised);
		});
	}
});

test("TEN-3: no two attacks have one name, and the list in backend/docs is theirs", () => {
	const names = [...httpProbes, sqlProbes].flatMap(({ probes }) => probes.map(({ name }) => name));
	expect(names.length).toBeGreaterThanOrEqual(40);
	expect(new Set(names).size).toBe(names.length);
	expect(readFileSync(listPath, "utf8")).toBe(renderedList());
});
