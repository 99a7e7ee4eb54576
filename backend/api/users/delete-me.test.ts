import { afterAll, beforeAll, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import { createRegistry } from "../../connectors/registry.ts";
import { testProviders } from "../../connectors/test-providers.ts";
import type { DeletionReceipt } from "../../contract/account-end.ts";
import type { WorkspaceList } from "../../contract/workspaces.ts";
import { testPut } from "../../records/test-operations.ts";
import { installCheckpointListener } from "../../telemetry/checkpoint.ts";
import { createApp } from "../app.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { join, makeMember, makeTeam, makeWorkspace, type TestMember } from "../testing/test-member.ts";
import { fillTenant } from "../testing/test-tenant.ts";

let backend: TestBackend;
let admin: Sql;
beforeAll(async () => {
	const connectors = createRegistry({ ...testProviders({ airtable: "https://api.airtable.com" }), practice: null });
	backend = await startTestBackend({ deps: { connectors } });
	admin = postgres(backend.testDatabase.url, { max: 1 });
});
afterAll(async () => {
	await admin.end();
	await backend.close();
});

const remove = (who: TestMember, confirm = who.person.email) => who.send("DELETE", "/users/me", { confirm });
const fill = (who: TestMember, workspaceId: string) =>
	fillTenant(backend.testDatabase.database, { workspaceId, userId: who.userId });

/** Every row of every table in which this text is, as `table: row`. */
async function rowsWith(text: string): Promise<string[]> {
	const tables = await admin<{ name: string }[]>`
		select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'sheaf'`;
	const found = await Promise.all(
		tables.map(async ({ name }) => {
			const rows = await admin.unsafe(`select t::text as line from ${name} t where t::text like '%' || $1 || '%'`, [
				text,
			]);
			return rows.map(({ line }) => `${name}: ${String(line)}`);
		}),
	);
	return found.flat();
}

test("SEC-4: nothing is left of a person who worked alone, and the receipt says in numbers what there was", async () => {
	const ada = await makeMember(backend.url);
	await ada.person.tokens("sign-in");
	const { id } = await makeWorkspace(ada, "Alone");
	for (const workspaceId of [ada.personalId, id]) await fill(ada, workspaceId);
	await ada.send("PATCH", "/users/me", { firstName: "Canaria", lastName: "Finchley" });
	await ada.send("PATCH", "/users/me/settings", { settings: { theme: "dark" } });
	const { status, body } = await remove(ada);
	expect(status).toBe(200);
	const { counts, grants, ...receipt } = body as DeletionReceipt;
	expect(counts).toEqual({
		workspaces: 2,
		records: 2,
		targets: 2,
		connections: 2,
		deliveries: 0,
		sessions: 2,
		accounts: 1,
	});
	expect(grants).toEqual([{ provider: "airtable", outcome: "by_hand", url: "https://airtable.com/create/tokens" }]);
	expect(Date.parse(receipt.finishedAt)).toBeGreaterThanOrEqual(Date.parse(receipt.requestedAt));
	for (const trace of [ada.userId, ada.person.email, "Canaria", ada.personalId, id]) {
		// Which bytes are still to be removed from the store is noted by the workspace's number, until they are.
		const isNote = (row: string) => row.startsWith("sheaf.blob_removals: ") && !row.includes(ada.userId);
		const rows = (await rowsWith(trace)).filter((row) => !isNote(row));
		expect({ trace, rows }).toEqual({ trace, rows: [] });
	}
	expect(await rowsWith(receipt.id)).toHaveLength(1);
});

test("SEC-4: every device, page and token of a deleted person is refused, and the address is free for a new, empty person", async () => {
	const ada = await makeMember(backend.url);
	const phone = await ada.person.tokens("sign-in");
	await fill(ada, ada.personalId);
	expect(await remove(ada)).toMatchObject({ status: 200 });
	expect(await ada.send("GET", "/users/me")).toMatchObject({ status: 401, code: "auth/session-revoked" });
	for (const { refresh_token } of [ada.tokens, phone]) {
		expect((await ada.person.token({ grant_type: "refresh_token", refresh_token })).status).toBe(400);
	}
	expect(await (await ada.person.browser.get("/oauth/sign-in")).text()).not.toContain("Continue as");
	expect(await ada.person.tokens("sign-in").catch(String)).toContain("do not match");
	await ada.person.tokens("sign-up");
	const [again] = await admin`select id, deletion_id from sheaf.users where email = ${ada.person.email}`;
	expect(again).toMatchObject({ deletion_id: null });
	expect(again?.["id"]).not.toBe(ada.userId);
});

test("SEC-4: a shared workspace keeps the records and loses the person, their connections and the targets that hang on them", async () => {
	const { id, owner, member } = await makeTeam(backend.url);
	const theirs = await fill(member, id);
	const others = await fill(owner, id);
	expect(await remove(member)).toMatchObject({
		status: 200,
		body: { counts: { memberships: 1, connections: 1, targets: 1, workspaces: 1 } },
	});
	const [left] = await admin`
		select (select array_agg(id) from sheaf.connections where workspace_id = ${id}) as connections,
			(select array_agg(id) from sheaf.targets where workspace_id = ${id}) as targets,
			(select array_agg(id order by id) from sheaf.records where workspace_id = ${id}) as records`;
	expect(left).toEqual({
		connections: [others["connections"]],
		targets: [others["targets"]],
		records: [theirs["records"] ?? "", others["records"] ?? ""].toSorted((a, b) => a.localeCompare(b)),
	});
	expect(JSON.stringify((await owner.send("GET", `/workspaces/${id}/members`)).body)).not.toContain(member.userId);
	const traces = await rowsWith(member.userId);
	// Under an owner id that is nobody's: what they captured, and that they did.
	expect(
		traces.every((row) =>
			/^sheaf\.(records|selections|selection_runs|source_rows|recipes|recipe_versions|blobs_meta|blob_parts|blob_removals|bulk_operations|audit_log|changes|workspace_invites): /.test(
				row,
			),
		),
	).toBe(true);
	expect(traces.filter((row) => row.includes("member.leave"))).toHaveLength(1);
	expect(await rowsWith(member.person.email)).toEqual([]);
});

test("SEC-4: their connections go out of workspaces too that they were taken out of, or left, before", async () => {
	const [first, second] = await Promise.all([makeTeam(backend.url), makeTeam(backend.url)]);
	const { member } = first;
	await join(member, second.owner, { workspaceId: second.id, role: "member" });
	for (const { id } of [first, second]) await fill(member, id);
	const others = await fill(first.owner, first.id);
	await first.owner.send("DELETE", `/workspaces/${first.id}/members/${member.userId}`);
	await member.send("POST", `/workspaces/${second.id}/leave`);
	const { status, body } = await remove(member);
	expect({ status, body }).toMatchObject({ status: 200, body: { counts: { connections: 2, targets: 2 } } });
	expect((body as DeletionReceipt).grants).toMatchObject([{ provider: "airtable", outcome: "by_hand" }]);
	expect(await admin`select from sheaf.connections where owner_id = ${member.userId}`).toHaveLength(0);
	expect(await admin`select id from sheaf.connections where workspace_id = ${first.id}`).toMatchObject([
		{ id: others["connections"] },
	]);
	expect(await admin`select from sheaf.records where owner_id = ${member.userId}`).toHaveLength(2);
});

test("SEC-4: who alone owns a workspace that others are in is told which, and nothing is deleted", async () => {
	const { id, owner, admin: helper } = await makeTeam(backend.url, "Reading circle");
	const refused = await remove(owner);
	expect(refused).toMatchObject({ status: 409, code: "users/sole-owner" });
	expect(refused.body).toMatchObject({ error: { details: { workspaces: [{ id, name: "Reading circle" }] } } });
	expect(await owner.send("GET", "/users/me")).toMatchObject({ status: 200 });
	await owner.send("POST", `/workspaces/${id}/transfer`, { userId: helper.userId });
	expect(await remove(owner)).toMatchObject({ status: 200, body: { counts: { memberships: 1 } } });
	expect((await helper.send("GET", "/workspaces")).body as WorkspaceList).toMatchObject({
		workspaces: [{ personal: true }, { id, role: "owner" }],
	});
});

test("SEC-4: of two owners who go at once one is kept from it, or both go and the workspace is not left without an owner", async () => {
	for (let round = 0; round < 5; round++) {
		const [ada, grace, guest] = await Promise.all([
			makeMember(backend.url),
			makeMember(backend.url),
			makeMember(backend.url),
		]);
		const { id } = await makeWorkspace(ada, "Two owners");
		await join(grace, ada, { workspaceId: id, role: "admin" });
		await join(guest, ada, { workspaceId: id, role: "member" });
		await ada.send("PATCH", `/workspaces/${id}/members/${grace.userId}`, { role: "owner" });
		const statuses = (await Promise.all([remove(ada), remove(grace)])).map(({ status }) => status);
		expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409]);
		expect(await admin`select from sheaf.workspace_members where workspace_id = ${id} and role = 'owner'`).toHaveLength(
			1,
		);
	}
});

test("SEC-4: the word has to fit: the address, however it is written", async () => {
	const ada = await makeMember(backend.url);
	for (const confirm of ["", "delete", "somebody@example.test"]) {
		expect(await remove(ada, confirm)).toMatchObject({ status: 422, code: "users/confirmation-wrong" });
	}
	expect(await ada.send("DELETE", "/users/me", {})).toMatchObject({ status: 400, code: "request/invalid" });
	expect(await remove(ada, ` ${ada.person.email.toUpperCase()} `)).toMatchObject({ status: 200 });
});

test("SEC-4: an invitation of a person who is gone invites nobody", async () => {
	const { id, owner, admin: helper, outsider } = await makeTeam(backend.url);
	const invite = await helper.send("POST", `/workspaces/${id}/invites`, { role: "member" });
	const token = (invite.body as { url: string }).url.split("/invite/")[1];
	await remove(helper);
	const answer = await outsider.send("POST", "/invites/accept", { token });
	expect(answer).toMatchObject({ status: 404, code: "workspaces/invite-invalid" });
	expect((await owner.send("GET", `/workspaces/${id}/invites`)).body).toEqual({ invites: [] });
});

test("SEC-4: writes that race with the deletion are stored and go, or are refused; nothing stays", async () => {
	const ada = await makeMember(backend.url);
	const writes = Array.from({ length: 20 }, () => ada.send("POST", "/writes/batch", { operations: [testPut()] }));
	const [removed, ...answers] = await Promise.all([remove(ada), ...writes]);
	expect(removed).toMatchObject({ status: 200 });
	for (const { status } of answers) expect([200, 401]).toContain(status);
	expect(await rowsWith(ada.personalId)).toEqual([]);
});

/** A person whose deletion broke off right after its first step, as if the process had been killed. */
async function begunDeletion(): Promise<TestMember> {
	const ada = await makeMember(backend.url);
	const remove = installCheckpointListener((name) => {
		if (name === "departure/after-mark") throw new Error("killed");
	});
	expect((await ada.send("DELETE", "/users/me", { confirm: ada.person.email })).status).toBe(500);
	remove();
	expect(await ada.send("GET", "/users/me")).toMatchObject({ status: 401 });
	return ada;
}

const untilGone = async ({ userId }: TestMember) => {
	while ((await admin`select from sheaf.users where id = ${userId}`).length > 0) await Bun.sleep(5);
};

test("SEC-4: a deletion that was cut off is ended by the backend that starts next", async () => {
	const ada = await begunDeletion();
	const next = (await createApp(backend.deps)).listen({ port: 0, hostname: "127.0.0.1" });
	await untilGone(ada);
	expect(await rowsWith(ada.personalId)).toEqual([]);
	await next.stop(true);
});

test("SEC-4: or by one that runs, within a minute of the next request", async () => {
	const ada = await begunDeletion();
	backend.passTime(61);
	await fetch(`${backend.url}/healthz`);
	await untilGone(ada);
	expect(await rowsWith(ada.personalId)).toEqual([]);
});
