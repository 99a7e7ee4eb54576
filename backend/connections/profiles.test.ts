import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { SourceProfile } from "../connectors/source.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestConnector, type TestConnector } from "../sync/test-connector.ts";
import { createTestEngine } from "../sync/test-engine.ts";
import { createVault } from "../vault/vault.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { createConnection } from "./create-connection.ts";
import { chooseProfile, listProfiles } from "./profiles.ts";
import { getConnection } from "./read-connections.ts";
import { updateConnection } from "./update-connection.ts";

let db: TestDatabase;
let provider: TestConnector;
let deps: ConnectionDeps;
let person: Principal;
/** What the provider has this moment. */
let there: SourceProfile[] = [];

beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());

const [north, south] = [
	{ id: "na:1", name: "Lamps", detail: "North" },
	{ id: "eu:2", name: "Lampen", detail: "South" },
];

beforeEach(async () => {
	there = [north, south];
	provider = createTestConnector();
	const { connector } = provider;
	const refuse = async () => ({ kind: "refused", reason: "delivery/table-missing", message: "None." }) as const;
	connector.source = { profiles: async () => ({ kind: "ok", value: there }), schema: refuse, list: refuse };
	const identify = connector.identify.bind(connector);
	connector.identify = async (call) => {
		const identity = await identify(call);
		const [only, ...others] = there;
		if (identity.kind !== "ok" || only === undefined || others.length > 0) return identity;
		return { kind: "ok", value: { ...identity.value, profile: only } };
	};
	const vault = createVault([{ kid: "test", key: new Uint8Array(32).fill(7) }]);
	deps = { ...createTestEngine(db, provider).deps, vault };
	person = await createTestTenant(db.database);
});

const connect = () => createConnection(deps, person, { provider: "scripted", credential: { token: "good" } });
const codeOf = async (work: Promise<unknown>) =>
	await work.then(() => null).catch((error: { code?: string }) => error.code);

describe("ACC-1: which of a login's accounts a connection works with", () => {
	test("none of several at first; the chosen one is kept, also over reconnecting", async () => {
		const { id, profile } = await connect();
		expect(profile).toBeNull();
		expect(await listProfiles(deps, person, id)).toEqual({ profiles: [north, south], chosen: null });
		const chosen = south;
		expect((await chooseProfile(deps, person, { id, profileId: "eu:2" })).profile).toEqual(chosen);
		expect((await listProfiles(deps, person, id)).chosen).toBe("eu:2");
		there = [north];
		const again = await updateConnection(deps, person, { id, patch: { credential: { token: "better" } } });
		expect(again.profile).toEqual(chosen);
	});

	test("one that was chosen before its details were kept has them once the login reaches it alone", async () => {
		const { id } = await connect();
		await chooseProfile(deps, person, { id, profileId: "eu:2" });
		await db.database.asTenant(
			person,
			(sql) => sql`update sheaf.connections set profile_detail = null where id = ${id}`,
		);
		expect((await getConnection(deps, person, id)).profile).toEqual({ ...south, detail: "" });
		there = [south];
		const again = await updateConnection(deps, person, { id, patch: { credential: { token: "better" } } });
		expect(again.profile).toEqual(south);
	});

	test("the only one is chosen by itself", async () => {
		there = [north];
		expect((await connect()).profile).toEqual(north);
	});

	test("one that the login does not reach is not taken, and nothing changes", async () => {
		const { id } = await connect();
		await chooseProfile(deps, person, { id, profileId: "na:1" });
		expect(await codeOf(chooseProfile(deps, person, { id, profileId: "na:404" }))).toBe("connections/profile-unknown");
		expect((await getConnection(deps, person, id)).profile?.id).toBe("na:1");
	});

	test("a choice is a line of what happened there", async () => {
		const { id } = await connect();
		await chooseProfile(deps, person, { id, profileId: "na:1" });
		const rows = await db.database.asTenant(
			person,
			(sql) => sql`select 1 from sheaf.audit_log where action = 'connection.choose_profile' and subject_id = ${id}`,
		);
		expect(rows.length).toBe(1);
	});

	test("TEN-3: another workspace sees and chooses none of it", async () => {
		const { id } = await connect();
		const stranger = await createTestTenant(db.database);
		expect(await codeOf(listProfiles(deps, stranger, id))).toBe("connections/not-found");
		expect(await codeOf(chooseProfile(deps, stranger, { id, profileId: "na:1" }))).toBe("connections/not-found");
		expect((await getConnection(deps, person, id)).profile).toBeNull();
	});

	test("a provider without such accounts has none", async () => {
		delete provider.connector.source;
		const { id } = await connect();
		expect(await listProfiles(deps, person, id)).toEqual({ profiles: [], chosen: null });
	});
});
