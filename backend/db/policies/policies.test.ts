/**
 * No policy is for show: each is removed, opened with `true`, and robbed of each of its parts, and each time the named probe sees or
 * changes something else than promised. Grants are out of the way here: what they add is in `out-of-reach.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { mutants, policies, untouchedPart } from "./test-mutants.ts";
import { type Probe, probes } from "./test-probes.ts";
import { createScene, grantEverything, rollingBack, type Scene } from "./test-scene.ts";

let scene: Scene;
let admin: Sql;
beforeAll(async () => {
	scene = await createScene();
	admin = postgres(scene.fixture.url, { max: 1, onnotice: () => undefined });
	await grantEverything(admin);
});
afterAll(async () => {
	await admin.end();
	await scene.fixture.close();
});

function probeNamed(table: string, name: string): Probe {
	const probe = probes.find((one) => one.table === table && one.name === name);
	if (!probe) throw new Error(`There is no probe "${name}" of ${table}.`);
	return probe;
}

test("TEN-1: the policies looked at here are those of the database", async () => {
	const rows = await admin<{ name: string }[]>`
		select policyname as name from pg_policies where schemaname = 'sheaf' order by policyname collate "C"`;
	expect(policies.map(({ name }) => name).toSorted()).toEqual(rows.map(({ name }) => name));
	expect(policies.length).toBeGreaterThanOrEqual(38);
});

test("TEN-1: every part of every policy is taken away once", () => {
	expect(policies.map((policy) => ({ name: policy.name, untouched: untouchedPart(policy) }))).toEqual(
		policies.map(({ name }) => ({ name, untouched: "" })),
	);
});

describe("as the policies are", () => {
	test.each(probes.map((probe) => ({ ...probe })))("TEN-1: $table: $name → $promised", async ({ run, promised }) => {
		expect(await rollingBack(admin, (sql) => run(sql, scene))).toBe(promised);
	});
});

describe("with a policy that somebody weakened", () => {
	for (const { policy, what, statement, noticedBy } of mutants) {
		test(`TEN-1: ${policy.name}, ${what}: noticed by "${noticedBy}"`, async () => {
			const { run, promised } = probeNamed(policy.table, noticedBy);
			const found = await rollingBack(admin, async (sql) => {
				await sql.unsafe(statement);
				return await run(sql, scene);
			});
			expect(found).not.toBe(promised);
		});
	}
});
