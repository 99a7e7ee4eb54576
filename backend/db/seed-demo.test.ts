import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { practiceBase, practiceToken } from "../connectors/airtable/simulator/practice-base.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createGuardedHttp } from "../connectors/http.ts";
import { createRegistry } from "../connectors/registry.ts";
import { testProviders } from "../connectors/test-providers.ts";
import { createVault } from "../vault/vault.ts";
import { demoPerson, seedDemo } from "./seed-demo.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let fixture: TestDatabase;
let simulator: AirtableSimulator;
let admin: Sql;
beforeAll(async () => {
	fixture = await createTestDatabase();
	simulator = await startAirtableSimulator({ bases: [practiceBase], tokens: [practiceToken] });
	admin = postgres(fixture.url, { max: 1 });
});
afterAll(async () => {
	await admin.end();
	await simulator.stop();
	await fixture.close();
});

const seed = (practiceUrl: string | null) =>
	seedDemo({
		database: fixture.database,
		vault: createVault([{ kid: "a", key: new Uint8Array(32) }]),
		practice:
			createRegistry({
				...testProviders({ airtable: simulator.url }),
				practice: practiceUrl === null ? null : { url: practiceUrl },
			}).get("practice") ?? null,
		http: createGuardedHttp({ allowedOrigins: [simulator.url] }),
	});

test("the demo has records without a practice base, and a target with records in every state with one", async () => {
	expect(await seed(null)).toEqual({ records: 6, practice: false });
	expect(await seed(null)).toEqual({ records: 0, practice: false });
	expect(await seed(simulator.url)).toEqual({ records: 6, practice: true });
	expect(await seed(simulator.url)).toEqual({ records: 0, practice: true });
	const states = await admin<{ state: string }[]>`select distinct state from sheaf.deliveries order by state`;
	expect(states.map(({ state }) => state)).toEqual(["delivered", "delivering", "needs_you", "pending"]);
	const people = await admin<{ email: string }[]>`select email from sheaf.users`;
	expect(people.map(({ email }) => email)).toEqual([demoPerson.email]);
});
