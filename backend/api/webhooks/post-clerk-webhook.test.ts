import { afterAll, beforeAll, describe, expect, setSystemTime, test } from "bun:test";
import { Webhook } from "svix";
import { clerkUser, TestClerk } from "../../identity/clerk/test-clerk.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember } from "../testing/test-member.ts";
import { errorCode } from "../testing/test-person.ts";

let backend: TestBackend;
let clerk: TestClerk;
beforeAll(async () => {
	clerk = new TestClerk();
	backend = await startTestBackend({ variables: clerk.variables });
});
afterAll(async () => {
	await backend.close();
	await clerk.close();
});

type Row = {
	userId: string;
	email: string;
	emailVerified: boolean;
	firstName: string;
	lastName: string;
	label: string;
};

/** The person of a user of Clerk as the database has them. */
async function personOf(clerkId: string): Promise<Row | null> {
	return await backend.testDatabase.database.asIdentity(async (sql) => {
		const [row] = await sql<Row[]>`
			select u.id as user_id, u.email, u.email_verified_at is not null as email_verified, u.first_name, u.last_name, a.label
			from sheaf.user_accounts a join sheaf.users u on u.id = a.user_id
			where a.provider = 'clerk' and a.subject = ${clerkId}`;
		return row ?? null;
	});
}

const primaryOf = (user: ReturnType<typeof clerkUser>) =>
	(user["email_addresses"] as { email_address: string }[])[0]?.email_address ?? "";
const saved = (data: object, id?: string) =>
	clerk.send(backend.url, { type: "user.updated", data, ...(id === undefined ? {} : { id }) });

describe("ID-5: the signature", () => {
	/** clerk.md, made with svix 1.99.1. */
	const vector = {
		secret: "whsec_dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OWFiY2RlZg==",
		id: "msg_1",
		seconds: 1_767_225_600,
		body: '{"data":{"id":"user_1","object":"user","deleted":true},"object":"event","type":"user.deleted","timestamp":1767225600000}',
		signature: "v1,qLTxLnPpEAFakY0Z5eE/hgVG/GIvuFFwsZIKjWssswE=",
	};
	const post = (headers: Record<string, string>, body: string, url = backend.url) =>
		fetch(`${url}/webhooks/clerk`, { method: "POST", body, headers });
	const signed = (names: "svix" | "webhook", changes: { at?: Date; signature?: string; body?: string } = {}) => {
		const { at = new Date(), body = JSON.stringify({ type: "email.created", data: {} }) } = changes;
		const id = `msg_${crypto.randomUUID()}`;
		const signature = changes.signature ?? new Webhook(clerk.webhookSecret).sign(id, at, body);
		const timestamp = String(Math.floor(at.getTime() / 1_000));
		const headers = { [`${names}-id`]: id, [`${names}-timestamp`]: timestamp, [`${names}-signature`]: signature };
		return { headers, body };
	};
	const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

	test("ID-5: the published example is accepted at its own time, and is a replay today", async () => {
		const variables = { ...clerk.variables, SHEAF_CLERK_WEBHOOK_SECRET: vector.secret };
		const own = await startTestBackend({ variables });
		const headers = {
			"svix-id": vector.id,
			"svix-timestamp": String(vector.seconds),
			"svix-signature": vector.signature,
		};
		expect((await post(headers, vector.body, own.url)).status).toBe(400);
		setSystemTime(new Date((vector.seconds + 299) * 1_000));
		const inTime = await post(headers, vector.body, own.url);
		setSystemTime();
		expect(inTime.status).toBe(200);
		await own.close();
	});

	test("ID-5: both families of header names are read, of several signatures one has to fit", async () => {
		for (const names of ["svix", "webhook"] as const) {
			const { headers, body } = signed(names);
			expect((await post(headers, body)).status).toBe(200);
			const { headers: rotating, body: same } = signed(names);
			const name = `${names}-signature`;
			const several = { ...rotating, [name]: `v1,${"A".repeat(43)}= v1a,zzz ${rotating[name]}` };
			expect((await post(several, same)).status).toBe(200);
		}
	});

	const wrong: Record<string, () => { headers: Record<string, string>; body: string }> = {
		"no headers": () => ({ headers: {}, body: "{}" }),
		"one header of each family": () => {
			const { headers, body } = signed("svix");
			const { "svix-signature": signature = "", ...rest } = headers;
			return { headers: { ...rest, "webhook-signature": signature }, body };
		},
		"a foreign secret": () => {
			const { headers, body } = signed("svix");
			const foreign = new Webhook(vector.secret).sign(headers["svix-id"] ?? "", new Date(), body);
			return { headers: { ...headers, "svix-signature": foreign }, body };
		},
		"a changed body": () => ({ ...signed("svix"), body: '{"type":"user.deleted","data":{"id":"user_ada"}}' }),
		"another id": () => {
			const { headers, body } = signed("svix");
			return { headers: { ...headers, "svix-id": "msg_other" }, body };
		},
		"a version nobody knows": () => signed("svix", { signature: "v2,qLTxLnPpEAFakY0Z5eE/hgVG/GIvuFFwsZIKjWssswE=" }),
		"a version and nothing more": () => signed("svix", { signature: "v1" }),
		"a time 301 s ago": () => signed("svix", { at: ago(301) }),
		"a time 302 s ahead": () => signed("svix", { at: ago(-302) }),
	};
	for (const [name, message] of Object.entries(wrong)) {
		test(`ID-5: ${name} → 400 webhooks/signature-invalid`, async () => {
			const { headers, body } = message();
			const answer = await post(headers, body);
			expect(answer.status).toBe(400);
			expect(await errorCode(answer)).toBe("webhooks/signature-invalid");
		});
	}

	test("ID-5: what is signed and not JSON, or not what Clerk documents, is refused too", async () => {
		for (const body of ["", "nonsense", "[]", '{"type":"user.updated","data":{"id":"user_ada"}}']) {
			const message = signed("svix", { body });
			expect(await errorCode(await post(message.headers, message.body))).toBe("request/invalid");
		}
	});

	test("ID-5: a type nobody acts on is answered 200, a body over 1 MiB 413", async () => {
		expect((await clerk.send(backend.url, { type: "waitlistEntry.created", data: {} })).status).toBe(200);
		const large = signed("svix", { body: JSON.stringify({ type: "x", data: "x".repeat(1_048_577) }) });
		expect(await errorCode(await post(large.headers, large.body))).toBe("request/too-large");
		const fits = signed("svix", { body: JSON.stringify({ type: "x", data: "x".repeat(1_000_000) }) });
		expect((await post(fits.headers, fits.body)).status).toBe(200);
	});

	test("ID-5: a backend without Clerk has nothing at this address", async () => {
		const own = await startTestBackend();
		expect((await clerk.send(own.url, { type: "user.deleted", data: { id: "user_ada" } })).status).toBe(404);
		await own.close();
	});
});

describe("ID-5: users of Clerk", () => {
	test("ID-5: user.created and user.updated, in any order, make one person with a verified address and names", async () => {
		const user = clerkUser();
		const later = { ...user, first_name: "Augusta", updated_at: 1_767_225_700_000 };
		expect((await saved(later)).status).toBe(200);
		expect((await clerk.send(backend.url, { type: "user.created", data: user })).status).toBe(200);
		const email = primaryOf(user);
		expect(await personOf(user.id)).toMatchObject({
			email,
			emailVerified: true,
			firstName: "Augusta",
			lastName: "Lovelace",
			label: email,
		});
	});

	test("ID-5: ten of the same message at once act once, and a replay with other content changes nothing", async () => {
		const user = clerkUser();
		const id = `msg_${crypto.randomUUID()}`;
		const answers = await Promise.all(Array.from({ length: 10 }, () => saved(user, id)));
		expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
		await saved({ ...user, first_name: "Mallory", updated_at: 1_800_000_000_000 }, id);
		expect((await personOf(user.id))?.firstName).toBe("Ada");
	});

	test("ID-5: ten different messages about one new user at once make one person", async () => {
		const user = clerkUser();
		const messages = Array.from({ length: 10 }, (_, at) => saved({ ...user, updated_at: 1_767_225_600_000 + at }));
		expect((await Promise.all(messages)).every(({ status }) => status === 200)).toBe(true);
		const { email } = (await personOf(user.id)) ?? {};
		const people = await backend.testDatabase.database.asIdentity(
			(sql) => sql`select id from sheaf.users where email = ${email ?? ""}`,
		);
		expect(people).toHaveLength(1);
	});

	test("ID-5: an address that Clerk has not verified is not taken, nor one that is another person's", async () => {
		const unproven = clerkUser();
		const address = { id: "idn_1", email_address: primaryOf(unproven), verification: { status: "unverified" } };
		await saved({ ...unproven, email_addresses: [address] });
		expect(await personOf(unproven.id)).toMatchObject({ email: "", emailVerified: false });
		const owner = clerkUser();
		await saved(owner);
		const late = clerkUser({ email_addresses: owner["email_addresses"] });
		await saved(late);
		expect(await personOf(late.id)).toMatchObject({ email: "", emailVerified: false, firstName: "Ada" });
		expect(await personOf(owner.id)).toMatchObject({ email: primaryOf(owner), emailVerified: true });
	});

	test("ID-5: an address that is no longer theirs at Clerk is no longer theirs here", async () => {
		const user = clerkUser();
		await saved(user);
		await saved({ ...user, primary_email_address_id: null, email_addresses: [], updated_at: 1_767_225_700_000 });
		expect(await personOf(user.id)).toMatchObject({ email: "", emailVerified: false });
	});

	test("ID-5: who also signs in another way keeps name and address", async () => {
		const user = clerkUser();
		await saved(user);
		const { userId = "" } = (await personOf(user.id)) ?? {};
		await backend.testDatabase.database.asIdentity(
			(sql) =>
				sql`insert into sheaf.user_accounts (user_id, provider, subject) values (${userId}, 'google', ${user.id})`,
		);
		const changed = clerkUser({ id: user.id, first_name: "Mallory", updated_at: 1_767_225_700_000 });
		await saved(changed);
		expect(await personOf(user.id)).toMatchObject({
			firstName: "Ada",
			email: primaryOf(user),
			label: primaryOf(changed),
		});
	});

	const deleted = (id: string) =>
		clerk.send(backend.url, { type: "user.deleted", data: { id, object: "user", deleted: true } });
	const isThere = async (userId: string) =>
		await backend.testDatabase.database.asIdentity(async (sql) => {
			const rows = await sql`select 1 from sheaf.users where id = ${userId}`;
			return rows.length === 1;
		});

	test("ID-5: user.deleted of an only way in deletes the person, whole", async () => {
		const user = clerkUser();
		await saved(user);
		const { userId = "" } = (await personOf(user.id)) ?? {};
		expect((await deleted(user.id)).status).toBe(200);
		expect(await isThere(userId)).toBe(false);
	});

	test("ID-5: the only owner of a workspace with others in it is kept, and no longer gets in by Clerk", async () => {
		const user = clerkUser();
		await saved(user);
		const { userId = "" } = (await personOf(user.id)) ?? {};
		const guest = await makeMember(backend.url);
		await backend.testDatabase.database.asIdentity(
			(sql) => sql`
				with shared as (insert into sheaf.workspaces (id, name, personal) values (uuidv7(), 'Team', false) returning id)
				insert into sheaf.workspace_members (workspace_id, user_id, role)
				select id, ${userId}::uuid, 'owner' from shared union all select id, ${guest.userId}::uuid, 'member' from shared`,
		);
		expect((await deleted(user.id)).status).toBe(200);
		expect(await isThere(userId)).toBe(true);
		await saved({ ...user, first_name: "Mallory", updated_at: 1_900_000_000_000 });
		expect(await personOf(user.id)).toMatchObject({ firstName: "Ada" });
	});

	test("ID-5: a late user.updated does not bring back who was deleted", async () => {
		const user = clerkUser();
		await saved(user);
		expect((await clerk.send(backend.url, { type: "user.deleted", data: { id: user.id, deleted: true } })).status).toBe(
			200,
		);
		await saved({ ...user, updated_at: 1_900_000_000_000 });
		expect(await personOf(user.id)).toBeNull();
	});
});
