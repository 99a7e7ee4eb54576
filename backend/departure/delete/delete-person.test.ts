import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Principal } from "../../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { createTestTenant } from "../../db/test-tenant.ts";
import { createIdentity } from "../../identity/identity.ts";
import type { Upstream, UpstreamGrant } from "../../identity/upstream/upstream.ts";
import { type CheckpointName, installCheckpointListener } from "../../telemetry/checkpoint.ts";
import { createVault } from "../../vault/vault.ts";
import { deletePerson } from "./delete-person.ts";
import type { DeletionDeps } from "./deletion-deps.ts";
import { finishDeletions } from "./finish-deletions.ts";

let fixture: TestDatabase;
let deps: DeletionDeps;
let ada: Principal;
let taken: UpstreamGrant[];
let answer: () => ReturnType<Upstream["revoke"]>;
const told: string[] = [];
beforeAll(async () => {
	fixture = await createTestDatabase();
	const vault = createVault([{ kid: "test", key: new Uint8Array(32) }]);
	const { asIdentity } = fixture.database;
	const settings = { issuer: "http://localhost:8787", extensionIds: [], firefoxIds: [], now: Date.now };
	const upstream: Pick<Upstream, "revoke" | "grantsUrl"> = {
		grantsUrl: "https://upstream.test/grants",
		revoke: (grant) => {
			taken.push(grant);
			return answer();
		},
	};
	deps = {
		identity: createIdentity({ asIdentity, vault, ...settings }),
		database: fixture.database,
		connectors: new Map(),
		http: async () => ({ kind: "unanswered", reason: "unreachable" }),
		upstreams: new Map([["google", upstream]]),
		log: {
			warn: (_: unknown, text?: string) => void told.push(text ?? ""),
			error: (_: unknown, text?: string) => void told.push(text ?? ""),
		},
	};
});
afterAll(() => fixture.close());
beforeEach(async () => {
	taken = [];
	told.length = 0;
	answer = async () => "revoked";
	ada = await createTestTenant(fixture.database);
	await fixture.database.asTenant(
		ada,
		(sql) => sql`
			insert into sheaf.records (id, kind, version, captured_at, source, fields, content_hash)
			values (uuidv7(), 'page', 1, now(), '{}', '{}', '\\x00')`,
	);
});
let remove = () => {};
afterEach(() => remove());

const email = () => `${ada.userId}@example.test`;

async function addWayIn(provider: string, grant: UpstreamGrant | null): Promise<void> {
	const jwe = grant === null ? null : await deps.identity.vault.seal(grant);
	await fixture.database.asIdentity(
		(sql) => sql`
			insert into sheaf.user_accounts (user_id, provider, subject, label, grant_jwe)
			values (${ada.userId}, ${provider}, ${`${provider}-subject-${ada.userId}`}, ${email()}, ${jwe})`,
	);
}

async function left(): Promise<{ people: number; workspaces: number; records: number; begun: number }> {
	const [counts] = await fixture.database.asIdentity(
		(sql) => sql<{ people: number; workspaces: number; begun: number }[]>`
			select (select count(*)::int from sheaf.users where id = ${ada.userId}) as people,
				(select count(*)::int from sheaf.workspaces where id = ${ada.workspaceId}) as workspaces,
				(select count(*)::int from sheaf.users where deletion_id is not null) as begun`,
	);
	const records = await fixture.database.asTenant(ada, (sql) => sql`select 1 from sheaf.records`);
	return {
		people: counts?.people ?? 0,
		workspaces: counts?.workspaces ?? 0,
		begun: counts?.begun ?? 0,
		records: records.length,
	};
}

const nothing = { people: 0, workspaces: 0, records: 0, begun: 0 };

test("SEC-4: a way in is told to forget Sheaf, and the receipt says how that went", async () => {
	const grant = { token: "upstream-token", expiresAt: null };
	await addWayIn("google", grant);
	const { grants, counts } = await deletePerson(deps, ada, email());
	expect(taken).toEqual([grant]);
	expect(grants).toEqual([{ provider: "google", outcome: "revoked", url: null }]);
	expect(counts).toMatchObject({ accounts: 1, workspaces: 1, records: 1 });
	expect(await left()).toEqual(nothing);
});

test("SEC-4: where nothing can be taken back by a call, the receipt says where to do it by hand", async () => {
	await addWayIn("google", null);
	await addWayIn("gone", { token: "of a way in that is not offered any more", expiresAt: null });
	expect((await deletePerson(deps, ada, email())).grants).toEqual([
		{ provider: "gone", outcome: "by_hand", url: null },
		{ provider: "google", outcome: "by_hand", url: "https://upstream.test/grants" },
	]);
	expect(taken).toEqual([]);
});

test("SEC-4: a provider that fails keeps nobody from leaving", async () => {
	await addWayIn("google", { token: "upstream-token", expiresAt: null });
	answer = () => Promise.reject(new Error("the provider is away"));
	const { grants } = await deletePerson(deps, ada, email());
	expect(grants).toEqual([{ provider: "google", outcome: "by_hand", url: "https://upstream.test/grants" }]);
	expect(await left()).toEqual(nothing);
	expect(told).toEqual(["a grant was not taken back: the person is told to do it"]);
});

test("SEC-4: a person without an address confirms with a word", async () => {
	await fixture.database.asIdentity((sql) => sql`update sheaf.users set email = '' where id = ${ada.userId}`);
	await expect(deletePerson(deps, ada, "")).rejects.toMatchObject({ code: "users/confirmation-wrong" });
	expect(await deletePerson(deps, ada, "Delete")).toMatchObject({ counts: { workspaces: 1 } });
});

const points: CheckpointName[] = ["departure/after-mark", "departure/after-workspaces", "departure/before-last-step"];

test.each(points)(
	"SEC-4: killed at %s, the person is cut off, their way in makes a new one, and the sweep ends the deletion",
	async (point) => {
		await addWayIn("google", { token: "upstream-token", expiresAt: null });
		remove = installCheckpointListener((name) => {
			if (name === point) throw new Error("killed");
		});
		await expect(deletePerson(deps, ada, email())).rejects.toThrow("killed");
		remove();
		const [marked] = await fixture.database.asIdentity(
			(sql) =>
				sql`select email, first_name, deletion_id is not null as marked from sheaf.users where id = ${ada.userId}`,
		);
		expect(marked).toEqual({ email: "", firstName: "", marked: true });
		const known = await fixture.database.asIdentity(
			(sql) => sql`select 1 from sheaf.user_accounts where subject = ${`google-subject-${ada.userId}`}`,
		);
		expect(known).toHaveLength(0);
		expect(await finishDeletions(deps)).toBe(1);
		expect(await left()).toEqual(nothing);
		expect(taken.length).toBeGreaterThanOrEqual(1);
		const receipts = await fixture.database.asIdentity(
			(sql) => sql`
				select counts, grants, finished_at is not null as ended from sheaf.deletion_receipts order by id desc limit 1`,
		);
		expect([...receipts]).toEqual([
			{
				counts: expect.objectContaining({ accounts: 1, workspaces: 1, records: 1 }),
				grants: [{ provider: "google", outcome: "revoked", url: null }],
				ended: true,
			},
		]);
		expect(await finishDeletions(deps)).toBe(0);
	},
);

test("SEC-4: one deletion done by three processes at once ends once, with true numbers", async () => {
	remove = installCheckpointListener((name) => {
		if (name === "departure/after-mark") throw new Error("killed");
	});
	await expect(deletePerson(deps, ada, email())).rejects.toThrow("killed");
	remove();
	await Promise.all([finishDeletions(deps), finishDeletions(deps), finishDeletions(deps)]);
	expect(await left()).toEqual(nothing);
	const [receipt] = await fixture.database.asIdentity(
		(sql) => sql`select counts, finished_at is not null as ended from sheaf.deletion_receipts order by id desc limit 1`,
	);
	expect(receipt).toMatchObject({ ended: true, counts: { workspaces: 1, records: 1 } });
	expect(told).toEqual([]);
});

test("SEC-4: a sign-in under way that makes a workspace in this moment leaves none behind", async () => {
	let first = true;
	const made = Bun.randomUUIDv7();
	remove = installCheckpointListener(async (name) => {
		if (name !== "departure/before-last-step" || !first) return;
		first = false;
		await fixture.database.asIdentity(async (sql) => {
			await sql`insert into sheaf.workspaces (id, name, personal) values (${made}, 'Personal', true)`;
			await sql`
				insert into sheaf.workspace_members (workspace_id, user_id, role) values (${made}, ${ada.userId}, 'owner')`;
		});
	});
	expect(await deletePerson(deps, ada, email())).toMatchObject({ counts: { workspaces: 2 } });
	expect(await left()).toEqual(nothing);
	expect(
		await fixture.database.asIdentity((sql) => sql`select 1 from sheaf.workspaces where id = ${made}`),
	).toHaveLength(0);
});
