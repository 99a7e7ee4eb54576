import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import postgres, { type Sql } from "postgres";
import type { LiveChanges } from "../../contract/live.ts";
import { testDelete, testPut } from "../../records/test-operations.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { type LiveClient, openLive } from "../testing/test-live-client.ts";
import { makeMember, makeTeam, type TestMember, type TestTeam } from "../testing/test-member.ts";

let backend: TestBackend;
let admin: Sql;
let team: TestTeam;
const open: LiveClient[] = [];
beforeAll(async () => {
	backend = await startTestBackend();
	admin = postgres(backend.testDatabase.url, { max: 1 });
	team = await makeTeam(backend.url);
});
afterAll(async () => {
	await admin.end();
	await backend.close();
});
beforeEach(async () => {
	await Promise.all(open.splice(0).map((client) => client.close()));
	for (const role of ["owner", "admin", "member", "viewer"] as const) {
		await admin`
			insert into sheaf.workspace_members (workspace_id, user_id, role) values (${team.id}, ${team[role].userId}, ${role})
			on conflict (workspace_id, user_id) do update set role = excluded.role`;
	}
});

async function live(who: TestMember, cursor: string | null = null): Promise<LiveClient> {
	const client = await openLive(backend.url, { token: await who.tokenIn(team.id), cursor });
	open.push(client);
	return client;
}

async function put(who: TestMember, recordId?: string, version = 1): Promise<string> {
	const operation = testPut({ ...(recordId === undefined ? {} : { recordId }), version });
	const send = await who.sendIn(team.id);
	expect((await send("POST", "/writes/batch", { operations: [operation] })).status).toBe(200);
	return operation.record.id;
}

const changesOf = async (client: LiveClient) => (await client.until("changes")).data as LiveChanges;

test("LIVE-1: a colleague's record is told to whoever looks, with how it stands and without what was captured", async () => {
	const [owner, viewer] = [await live(team.owner), await live(team.viewer)];
	for (const client of [owner, viewer]) expect((await client.next())?.event).toBe("ready");
	const id = await put(team.member);
	for (const client of [owner, viewer]) {
		const { records, gone, lists } = await changesOf(client);
		expect({ gone, lists }).toEqual({ gone: [], lists: [] });
		expect(records).toMatchObject([{ id, version: 1, status: "stored", targetId: null, problem: null }]);
		expect(Object.keys(records[0] ?? {})).not.toContain("fields");
	}
	const send = await team.member.sendIn(team.id);
	await send("POST", "/writes/batch", { operations: [testDelete(id)] });
	expect(await changesOf(owner)).toEqual({ records: [], gone: [id], lists: [] });
});

test("LIVE-1: the stream is one that proxies neither keep nor gather", async () => {
	const client = await live(team.owner);
	expect(client.status).toBe(200);
	expect(client.headers.get("content-type")).toBe("text/event-stream");
	expect(client.headers.get("cache-control")).toBe("no-store, no-transform");
	expect(client.headers.get("x-accel-buffering")).toBe("no");
});

test("LIVE-1: whoever comes back with the id of the last event gets what they missed, and nothing else", async () => {
	const first = await live(team.owner);
	await first.until("ready");
	const seen = await put(team.member);
	const { id: cursor } = await first.until("changes");
	await first.close();
	const missed = await put(team.member);
	const header = await live(team.owner, cursor);
	expect(await changesOf(header)).toMatchObject({ records: [{ id: missed }] });
	expect((await header.next())?.event).toBe("ready");
	const query = await openLive(backend.url, {
		token: await team.owner.tokenIn(team.id),
		query: `?cursor=${cursor}`,
	});
	open.push(query);
	expect((await changesOf(query)).records.map(({ id }) => id)).toEqual([missed]);
	expect(seen).not.toBe(missed);
});

test("LIVE-1: another workspace's cursor is answered with reset, and it goes on from there", async () => {
	const elsewhere = await openLive(backend.url, { token: team.owner.tokens.access_token });
	open.push(elsewhere);
	const { id } = await elsewhere.until("ready");
	const client = await live(team.owner, id);
	expect(await client.next()).toMatchObject({ event: "reset", data: {} });
	expect((await client.next())?.event).toBe("ready");
	const record = await put(team.member);
	expect(await changesOf(client)).toMatchObject({ records: [{ id: record }] });
});

test("TEN-3: whoever is not in the workspace is told nothing of it", async () => {
	const outsider = await openLive(backend.url, { token: team.outsider.tokens.access_token });
	open.push(outsider);
	await outsider.until("ready");
	await put(team.member);
	// Something of their own, after it: the first that they hear.
	const own = testPut();
	await team.outsider.send("POST", "/writes/batch", { operations: [own] });
	expect((await changesOf(outsider)).records.map(({ id }) => id)).toEqual([own.record.id]);
});

test("TEN-3: a member who is taken out hears no more, not even what was written the moment after", async () => {
	const client = await live(team.viewer);
	await client.until("ready");
	await team.owner.send("DELETE", `/workspaces/${team.id}/members/${team.viewer.userId}`);
	await put(team.member);
	expect(await client.next()).toMatchObject({ event: "end", data: { reason: "standing" } });
	expect(await client.next()).toBeNull();
});

test("TEN-3: another role ends the stream, and the next one is of that role", async () => {
	const client = await live(team.admin);
	await client.until("ready");
	await team.owner.send("PATCH", `/workspaces/${team.id}/members/${team.admin.userId}`, { role: "viewer" });
	expect(await client.next()).toMatchObject({ event: "end", data: { reason: "standing" } });
	const again = await live(team.admin);
	expect((await again.next())?.event).toBe("ready");
});

test("TEN-3: a sign-out ends that session's stream", async () => {
	const person = await makeMember(backend.url);
	const client = await openLive(backend.url, { token: person.tokens.access_token });
	open.push(client);
	await client.until("ready");
	const { sessions } = (await person.send("GET", "/users/me/sessions")).body as { sessions: { id: string }[] };
	for (const { id } of sessions) await person.send("DELETE", `/users/me/sessions/${id}`);
	expect(await client.next()).toMatchObject({ event: "end", data: { reason: "standing" } });
});

test("LIVE-1: when the connection that listens breaks, what happened meanwhile is told all the same", async () => {
	const client = await live(team.owner);
	await client.until("ready");
	const broken = await admin<{ pid: number }[]>`
		select pid, pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sheaf_live' and datname = current_database()`;
	expect(broken).toHaveLength(1);
	const id = await put(team.member);
	expect(await changesOf(client)).toMatchObject({ records: [{ id }] });
});

test("SEC-1: a person has a bounded number of streams, is told when to come back, and others are let in", async () => {
	const person = await makeMember(backend.url);
	const streams = await Promise.all(
		Array.from({ length: 20 }, () => openLive(backend.url, { token: person.tokens.access_token })),
	);
	open.push(...streams);
	const refused = await openLive(backend.url, { token: person.tokens.access_token });
	expect(refused.status).toBe(429);
	expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(5);
	expect(JSON.parse(await refused.text())).toMatchObject({ error: { code: "live/too-many-streams" } });
	expect((await live(team.owner)).status).toBe(200);
	await streams[0]?.until("ready");
	const before = backend.deps.live.count();
	await streams[0]?.close();
	while (backend.deps.live.count() === before) await Bun.sleep(5);
	const again = await openLive(backend.url, { token: person.tokens.access_token });
	open.push(again);
	expect(again.status).toBe(200);
});

test("LIVE-1: a process that is full sends the next one away for a while, and one that stops tells everybody when to come back", async () => {
	const small = await startTestBackend({ variables: { SHEAF_LIVE_STREAMS: "1" } });
	const [first, second] = [await makeMember(small.url), await makeMember(small.url)];
	const client = await openLive(small.url, { token: first.tokens.access_token });
	await client.until("ready");
	const refused = await openLive(small.url, { token: second.tokens.access_token });
	expect(refused.status).toBe(503);
	expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(5);
	const closed = small.close();
	expect(await client.next()).toMatchObject({ event: "end", data: { reason: "closing" } });
	expect(await client.next()).toBeNull();
	await closed;
});
