import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Queue } from "bullmq";
import { TestProvider } from "../../connections/oauth/test-provider.ts";
import { insertConnection } from "../../connections/store-connection.ts";
import { storedCredential } from "../../connections/stored-credential.ts";
import { createGuardedHttp } from "../../connectors/http.ts";
import { migrate } from "../../db/apply-migrations.ts";
import type { Principal } from "../../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createTestTenant } from "../../db/test-tenant.ts";
import { insertHook } from "../../events/change-hooks.ts";
import { createIdentity } from "../../identity/identity.ts";
import { migrateQueue, openQueueStore, type QueueStore } from "../../jobs/queue.ts";
import { createRing } from "../../jobs/ring.ts";
import { createVault } from "../../vault/vault.ts";
import { deletePerson } from "./delete-person.ts";
import type { DeletionDeps } from "./deletion-deps.ts";

let fixture: TestDatabase;
let store: QueueStore;
let queues: { lanes: Queue; events: Queue };
let provider: TestProvider;
let deps: DeletionDeps;
let ada: Principal;
let grace: Principal;
const silent = () => undefined;
const vault = createVault([{ kid: "test", key: new Uint8Array(32) }]);

beforeAll(async () => {
	fixture = await createTestDatabase();
	const settings = { databaseUrl: fixture.url, databaseKey: fixture.databaseKey };
	await migrate({ ...settings, migrateQueue });
	store = openQueueStore({ ...settings, redisUrl: null, onError: silent });
	queues = { lanes: store.openQueue("deliver-lane"), events: store.openQueue("deliver-events") };
});
afterAll(async () => {
	await Promise.all(Object.values(queues).map((queue) => queue.close()));
	await store.close();
	await fixture.close();
});
beforeEach(async () => {
	provider = new TestProvider();
	await provider.server.listen();
	const settings = { issuer: "http://localhost:8787", extensionIds: [], firefoxIds: [], now: Date.now };
	deps = {
		identity: createIdentity({ asIdentity: fixture.database.asIdentity, vault, ...settings }),
		database: fixture.database,
		connectors: new Map([["scripted", provider.connector()]]),
		http: createGuardedHttp({ allowedOrigins: [provider.server.url] }),
		upstreams: new Map(),
		queues: Object.values(queues),
		log: { warn: silent, error: silent },
	};
	[ada, grace] = await Promise.all([createTestTenant(fixture.database), createTestTenant(fixture.database)]);
});
afterEach(() => provider.server.close());

/** An account connected in the provider's window, with jobs that wait for it and for a hook of theirs. */
async function connect(person: Principal, workspaceId = person.workspaceId): Promise<void> {
	const acting = { ...person, workspaceId };
	const id = crypto.randomUUID();
	const tokens = { token: `token-of-${id}`, refreshToken: `refresh-of-${id}`, expiresIn: 3_600 };
	const { token, refreshToken } = tokens;
	const credential = await storedCredential(vault, { token, refreshToken }, tokens);
	const identity = { accountId: id, label: "someone@there.test", scopes: [], missingScopes: [] };
	await insertConnection({ database: fixture.database }, acting, {
		id,
		name: undefined,
		account: { connector: provider.connector(), way: "oauth", identity, credential, settings: {} },
	});
	const address = { url: "https://hooks.example.test/" };
	const made = { kind: "webhook", address, shown: "hooks.example.test", targetId: null } as const;
	const http = deps.http;
	const hookId = await insertHook({ database: fixture.database, vault, http }, acting, {
		...made,
		events: ["record.delivered"],
	});
	const log = { warn: silent };
	await createRing(queues.lanes, log)({ workspaceId, lane: `${id}/base1` });
	await createRing(queues.events, log)({ workspaceId, lane: hookId });
	await queues.lanes.add("ring", { workspaceId, lane: `${id}/base2` }, { delay: 3_600_000 });
}

const email = ({ userId }: Principal) => `${userId}@example.test`;

async function jobsLeft(workspaceId: string): Promise<unknown[]> {
	const jobs = await Promise.all(Object.values(queues).map((queue) => queue.getJobs()));
	return jobs.flat().filter(({ data }) => (data as { workspaceId: string }).workspaceId === workspaceId);
}

test("SEC-4: an access got in the provider's window is taken back there, and no job of the person is left", async () => {
	await connect(ada);
	await connect(ada);
	const { grants, counts } = await deletePerson(deps, ada, email(ada));
	expect(grants).toEqual([{ provider: "scripted", outcome: "revoked", url: null }]);
	expect(counts).toMatchObject({ connections: 2, jobs: 6 });
	expect(provider.revoked.filter((token) => token.startsWith("refresh-of-"))).toHaveLength(2);
	expect(await jobsLeft(ada.workspaceId)).toEqual([]);
});

test("SEC-4: in a workspace that goes on, only theirs is taken back and unqueued", async () => {
	await fixture.database.asIdentity(
		(sql) => sql`
			insert into sheaf.workspace_members (workspace_id, user_id, role)
			values (${grace.workspaceId}, ${ada.userId}, 'member')`,
	);
	await connect({ ...ada, role: "member" }, grace.workspaceId);
	await connect(grace);
	const { grants, counts } = await deletePerson(deps, ada, email(ada));
	expect(grants).toEqual([{ provider: "scripted", outcome: "revoked", url: null }]);
	expect(counts).toMatchObject({ connections: 1, memberships: 1, jobs: 3 });
	expect(await jobsLeft(grace.workspaceId)).toHaveLength(3);
});

test("SEC-4: where the provider does not take it back, the receipt says where the person does", async () => {
	await connect(ada);
	provider.server.faults.set("/revoke", { status: 503, text: "" });
	const { grants } = await deletePerson(deps, ada, email(ada));
	expect(grants).toEqual([{ provider: "scripted", outcome: "by_hand", url: "https://there.test/apps" }]);
});
