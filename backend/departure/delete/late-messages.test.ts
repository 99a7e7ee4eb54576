import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../../db/test-database.ts";
import { linkAccount, unlinkAccount } from "../../identity/account-links.ts";
import { signInWithClerk } from "../../identity/clerk/sign-in.ts";
import { takeMessage } from "../../identity/clerk/take-message.ts";
import { clerkUser } from "../../identity/clerk/test-clerk.ts";
import { readEvent } from "../../identity/clerk/webhook-event.ts";
import { createIdentity } from "../../identity/identity.ts";
import { createVault } from "../../vault/vault.ts";
import { deletePerson } from "./delete-person.ts";
import type { DeletionDeps } from "./deletion-deps.ts";

let fixture: TestDatabase;
let deps: DeletionDeps;
beforeAll(async () => {
	fixture = await createTestDatabase();
	const vault = createVault([{ kid: "test", key: new Uint8Array(32) }]);
	const { asIdentity } = fixture.database;
	const settings = { issuer: "http://localhost:8787", extensionIds: [], firefoxIds: [], now: Date.now };
	const identity = createIdentity({ asIdentity, vault, ...settings });
	const log = { warn: () => {}, error: () => {} };
	const http = async () => ({ kind: "unanswered", reason: "unreachable" }) as const;
	deps = { identity, database: fixture.database, connectors: new Map(), http, upstreams: new Map(), log };
});
afterAll(() => fixture.close());

type Person = { userId: string; email: string; firstName: string; label: string };

async function personOf(clerkId: string): Promise<Person | null> {
	return await fixture.database.asIdentity(async (sql) => {
		const [row] = await sql<Person[]>`
			select u.id as user_id, u.email, u.first_name, a.label
			from sheaf.user_accounts a join sheaf.users u on u.id = a.user_id
			where a.provider = 'clerk' and a.subject = ${clerkId}`;
		return row ?? null;
	});
}

/** Clerk tells of a user, or that there is none any more. */
const tell = async (data: object, type = "user.updated") =>
	await takeMessage(deps.identity, {
		id: `msg_${crypto.randomUUID()}`,
		event: readEvent(JSON.stringify({ type, data })),
	});

async function known() {
	const user = clerkUser();
	await tell(user);
	const { userId = "", email = "" } = (await personOf(user.id)) ?? {};
	return { user, userId, email };
}

const signIn = (userId: string) => signInWithClerk(deps.identity, { userId, sessionId: `sess_${crypto.randomUUID()}` });
const [late, later] = [1_900_000_000_000, 1_900_000_001_000];

test("SEC-4: a message of an upstream does not bring back who deleted their account; their sign-in makes a new, empty person", async () => {
	const { user, userId, email } = await known();
	await deletePerson(deps, { userId }, email);
	await tell({ ...user, updated_at: late });
	expect(await personOf(user.id)).toBeNull();
	const again = await signIn(user.id);
	expect(again.userId).not.toBe(userId);
	expect(await personOf(user.id)).toEqual({ userId: again.userId, email: "", firstName: "", label: "" });
	await tell({ ...user, updated_at: later });
	expect(await personOf(user.id)).toMatchObject({ userId: again.userId, email, firstName: "Ada" });
});

test("ID-5: nor does it make a second person of who removed that way in, until they add it again", async () => {
	const { user, userId } = await known();
	const account = { provider: "clerk", subject: user.id, label: "", email: null, emailVerified: false };
	const google = { ...account, provider: "google", firstName: "", lastName: "", grant: null };
	expect(await linkAccount(deps.identity, userId, google)).toBe("linked");
	const [clerk] = await fixture.database.asIdentity(
		(sql) => sql<{ id: string }[]>`
			select id from sheaf.user_accounts where user_id = ${userId} and provider = 'clerk'`,
	);
	const owner = { userId, workspaceId: userId, role: "owner", sessionId: null, deviceId: null } as const;
	await unlinkAccount(deps.identity, owner, { id: clerk?.id ?? "", usable: ["google", "clerk"] });
	await tell({ ...user, updated_at: late });
	expect(await personOf(user.id)).toBeNull();
	expect(await linkAccount(deps.identity, userId, { ...google, provider: "clerk" })).toBe("linked");
	expect(await personOf(user.id)).toMatchObject({ userId });
	await tell({ ...user, updated_at: later });
	expect(await personOf(user.id)).toMatchObject({ userId, label: expect.stringContaining("@") });
});

test("SEC-4: who is leaving in this moment gets neither name nor address back", async () => {
	const { user, userId } = await known();
	// A message that has read the account before the mark, and writes after it.
	await fixture.database.asIdentity(
		(sql) => sql`
			update sheaf.users set deletion_id = uuidv7(), email = '', email_verified_at = null, first_name = '', last_name = ''
			where id = ${userId}`,
	);
	await tell({ ...user, updated_at: late });
	expect(await personOf(user.id)).toMatchObject({ email: "", firstName: "" });
});

test("ID-5: once the upstream has deleted the account, a sign-in by it is refused to who had left before, too", async () => {
	const { user, userId, email } = await known();
	await deletePerson(deps, { userId }, email);
	await tell({ id: user.id }, "user.deleted");
	await expect(signIn(user.id)).rejects.toMatchObject({ code: "auth/upstream-refused" });
});
