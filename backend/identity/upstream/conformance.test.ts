import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { testUpstream } from "./conformance.ts";
import { testWays } from "./test-ways.ts";

for (const factory of testWays) testUpstream(factory);

test("every way in of this folder passes the suite", () => {
	const waysIn = readdirSync(import.meta.dir).filter((file) => {
		const [, made] = readFileSync(`${import.meta.dir}/${file}`, "utf8").split(/^export function create/m);
		// `oidc-upstream.ts` is what four of them are made of.
		return made?.match(/\): (\w+) \{\n/)?.[1] === "Upstream" && file !== "oidc-upstream.ts";
	});
	expect(waysIn.toSorted()).toEqual(testWays.map(({ id }) => `${id}.ts`).toSorted());
});
