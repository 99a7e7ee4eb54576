import { afterAll, beforeAll, expect, test } from "bun:test";
import { type FetchError, type Row, Shape, ShapeStream, type ShapeStreamInterface } from "@electric-sql/client";
import fc from "fast-check";
import type { ReplicationToken } from "../../contract/live.ts";
import { type ElectricSimulator, electricSecret, startElectricSimulator } from "../testing/simulator-electric.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { openLive } from "../testing/test-live-client.ts";
import { makeMember, makeTeam, type TestMember } from "../testing/test-member.ts";
import { ask, errorCode } from "../testing/test-person.ts";

let electric: ElectricSimulator;
let backend: TestBackend;
let anna: TestMember;
let bert: TestMember;
beforeAll(async () => {
	electric = await startElectricSimulator();
	const variables = { ELECTRIC_URL: electric.url, ELECTRIC_SECRET: electricSecret() };
	backend = await startTestBackend({ variables });
	[anna, bert] = [await makeMember(backend.url), await makeMember(backend.url)];
	for (const who of [anna, bert]) electric.put(connectionOf(who, "first"));
});
afterAll(async () => {
	await backend.close();
	await electric.stop();
});

const connectionOf = ({ personalId }: TestMember, id: string, name = `Airtable ${id}`) => ({
	workspace_id: personalId,
	id,
	name,
	status: "healthy",
	credential_jwe: "sealed",
});
const shapePath = "/api/v1/electric/shape";
const asked = (query: string, token = anna.tokens.access_token) => ask(`${backend.url}${shapePath}?${query}`, token);
const tokenFor = async (who: TestMember) => (await who.send("POST", "/replication/token")).body as ReplicationToken;

/** Electric's own client, as its guide has it: a token that is fetched for each request. */
function follow(who: TestMember, stop: AbortSignal) {
	return new ShapeStream({
		url: `${backend.url}${shapePath}`,
		params: { table: "connections" },
		headers: { Authorization: async () => `Bearer ${(await tokenFor(who)).token}` },
		signal: stop,
	});
}

/** The client was compiled without `exactOptionalPropertyTypes`: its class does not fit its own interface here. */
const shapeOf = (stream: ShapeStream<Row>) => new Shape(stream as ShapeStreamInterface<Row>);

test("LIVE-2: Electric's own client has the workspace's rows, hears of changes, and begins anew when it has to", async () => {
	const stop = new AbortController();
	const stream = follow(anna, stop.signal);
	const shape = shapeOf(stream);
	const named = (name: string) =>
		new Promise<void>((resolve) => {
			const leave = shape.subscribe(({ rows }) => {
				if (!rows.some((row) => row["name"] === name)) return;
				leave();
				resolve();
			});
		});
	const rows = await shape.rows;
	expect(rows).toHaveLength(1);
	expect(rows[0]).toMatchObject({ workspace_id: anna.personalId, name: "Airtable first", status: "healthy" });
	expect(Object.keys(rows[0] ?? {})).not.toContain("credential_jwe");
	const live = named("Renamed");
	electric.put(connectionOf(bert, "second"));
	electric.put(connectionOf(anna, "first", "Renamed"));
	await live;
	const handle = stream.shapeHandle;
	const anew = named("Renamed");
	electric.rotate();
	await anew;
	electric.put(connectionOf(anna, "third"));
	await named("Airtable third");
	expect(stream.shapeHandle).not.toBe(handle);
	expect(shape.currentRows.map((row) => row["workspace_id"])).toEqual([anna.personalId, anna.personalId]);
	stop.abort();
});

test("LIVE-2: Electric's client waits as long as it is told to, and goes on", async () => {
	const stop = new AbortController();
	electric.failOnce(503, { "retry-after": "1" });
	const shape = shapeOf(follow(bert, stop.signal));
	expect((await shape.rows).every((row) => row["workspace_id"] === bert.personalId)).toBe(true);
	stop.abort();
});

/** What Electric, or a backend in front of it, may listen to. */
const claims =
	"where WHERE where[] params params[0] params[1] params[2] table columns secret api_secret replica queryable_columns subset__where subset__params " +
	"subset__limit subset__order_by offset handle live_sse log cursor expired_handle cache-buster database_id source_id";

test("LIVE-2: no parameter that a client can send widens the rows, columns or table it gets", async () => {
	const names = fc.oneof(fc.constantFrom(...claims.split(" ")), fc.string({ maxLength: 12 }));
	const values = fc.oneof(
		fc.constantFrom(
			"true",
			"1=1",
			'"workspace_id" <> $1',
			"connections",
			"sheaf.users",
			"name,credential_jwe",
			"id",
			"full",
			"-1",
			"",
		),
		fc.constant(bert.personalId),
		fc.string({ maxLength: 30 }),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(fc.tuple(names, values), { maxLength: 8 }), async (more) => {
			const before = electric.asked.length;
			const query = new URLSearchParams([["table", "connections"], ["offset", "-1"], ...more]);
			const answer = await asked(query.toString());
			const text = await answer.text();
			expect(text).not.toContain(bert.personalId);
			expect(text).not.toContain("sealed");
			for (const sent of electric.asked.slice(before)) {
				expect(sent.getAll("where")).toEqual(['"workspace_id" = $1']);
				expect(sent.getAll("params[1]")).toEqual([anna.personalId]);
				expect(sent.getAll("secret")).toEqual([electricSecret()]);
				expect(sent.getAll("table")).toEqual(["sheaf.connections"]);
				expect(sent.get("columns")).not.toContain("credential_jwe");
				const allowed =
					/^(table|columns|where|params\[1\]|secret|offset|handle|live|live_sse|experimental_live_sse|cursor|expired_handle|cache-buster|log)$/;
				expect([...sent.keys()].filter((name) => !allowed.test(name))).toEqual([]);
			}
		}),
		{ numRuns: 150 },
	);
});

test("LIVE-2: another tenant's handle is no key to their rows", async () => {
	const theirs = (await asked("table=connections&offset=-1", bert.tokens.access_token)).headers.get("electric-handle");
	const answer = await asked(`table=connections&offset=0_inf&handle=${theirs}`);
	expect(answer.status).toBe(409);
	expect(await answer.text()).toBe('[{"headers":{"control":"must-refetch"}}]');
	expect(answer.headers.get("location")).toBeNull();
});

test("LIVE-2: an answer is for one person: private, and another one for another token", async () => {
	const answer = await asked("table=connections&offset=-1");
	expect(answer.headers.get("cache-control")).toBe("private, max-age=5, stale-while-revalidate=5");
	expect(answer.headers.get("vary")).toBe("Authorization, Origin");
	expect(answer.headers.get("electric-handle")).not.toBeNull();
	expect(answer.headers.get("content-encoding")).toBeNull();
});

test("LIVE-2: what is not replicated is refused: a table, a column, a name that every object has", async () => {
	for (const query of [
		"table=users",
		"table=sheaf.connections",
		"table=__proto__",
		"",
		"table=connections&columns=credential_jwe",
	]) {
		const answer = await asked(`${query}&offset=-1`);
		expect({ query, status: answer.status }).toEqual({ query, status: 403 });
		expect(await errorCode(answer)).toBe("replication/shape-unknown");
	}
	expect((await asked("table=connections&columns=name&offset=-1")).status).toBe(200);
	expect(electric.asked.at(-1)?.get("columns")).toBe('"workspace_id","id","name"');
});

test("LIVE-2: Electric's failures reach a client as something it can act on", async () => {
	const expected = [
		{ from: 401, status: 503, code: "replication/unavailable" },
		{ from: 404, status: 503, code: "replication/unavailable" },
		{ from: 500, status: 503, code: "replication/unavailable" },
		{ from: 400, status: 400, code: "request/invalid" },
		{ from: 429, status: 429, code: "request/rate-limited" },
	];
	for (const { from, status, code } of expected) {
		electric.failOnce(from, { "retry-after": "7" });
		const answer = await asked("table=connections&offset=-1");
		expect({ from, status: answer.status, code: await errorCode(answer) }).toEqual({ from, status, code });
		if (status !== 400) expect(answer.headers.get("retry-after")).toBe("7");
	}
});

test("LIVE-2: a replication token opens its person's shapes for two minutes, and nothing else", async () => {
	const { token, shapeUrl, tables, expiresAt } = await tokenFor(anna);
	expect(shapeUrl).toBe(`${backend.url}${shapePath}`);
	expect(tables).toContain("connections");
	expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(120_000);
	expect((await asked("table=connections&offset=-1", token)).status).toBe(200);
	expect(electric.asked.at(-1)?.get("params[1]")).toBe(anna.personalId);
	for (const path of ["/api/v1/records", "/api/v1/live", "/api/v1/users/me"]) {
		expect((await ask(`${backend.url}${path}`, token)).status).toBe(401);
	}
	backend.passTime(121);
	expect(await errorCode(await asked("table=connections&offset=-1", token))).toBe("auth/token-expired");
	backend.passTime(-121);
});

test("LIVE-2: a person who is signed out gets no more of a shape", async () => {
	const person = await makeMember(backend.url);
	const { token } = await tokenFor(person);
	const { sessions } = (await person.send("GET", "/users/me/sessions")).body as { sessions: { id: string }[] };
	for (const { id } of sessions) await person.send("DELETE", `/users/me/sessions/${id}`);
	const errors: FetchError[] = [];
	const stream = new ShapeStream({
		url: `${backend.url}${shapePath}`,
		params: { table: "connections" },
		headers: { Authorization: `Bearer ${token}` },
		onError: (error) => void errors.push(error as FetchError),
	});
	stream.subscribe(() => undefined);
	while (errors.length === 0) await new Promise((resolve) => setImmediate(resolve));
	expect(errors[0]?.status).toBe(401);
});

test("TEN-3: a poll that waits ends when its member is taken out or given another role, and nothing more is read on what was known", async () => {
	const team = await makeTeam(backend.url);
	for (const [who, change] of [
		[team.viewer, ["DELETE", undefined]],
		[team.admin, ["PATCH", { role: "viewer" }]],
	] as const) {
		const token = await who.tokenIn(team.id);
		const first = await asked("table=connections&offset=-1", token);
		const place = `offset=${first.headers.get("electric-offset")}&handle=${first.headers.get("electric-handle")}`;
		const before = electric.asked.length;
		const waits = asked(`table=connections&live=true&${place}`, token);
		while (electric.asked.length === before) await Bun.sleep(5);
		await team.owner.send(change[0], `/workspaces/${team.id}/members/${who.userId}`, change[1]);
		const answer = await waits;
		expect({ status: answer.status, code: await errorCode(answer) }).toEqual({
			status: 401,
			code: "auth/session-revoked",
		});
	}
	// Whoever does not wait is not let in on what was known of them within the last minute.
	const token = await team.member.tokenIn(team.id);
	expect((await asked("table=connections&offset=-1", token)).status).toBe(200);
	await team.owner.send("DELETE", `/workspaces/${team.id}/members/${team.member.userId}`);
	while ((await asked("table=connections&offset=-1", token)).status !== 401) await Bun.sleep(5);
});

test("LIVE-2: the stream of changes says whether there are shapes", async () => {
	const client = await openLive(backend.url, { token: anna.tokens.access_token });
	expect((await client.until("ready")).data).toEqual({ shapes: true });
	await client.close();
});

test("LIVE-2: a server without Electric says that there is none", async () => {
	const plain = await startTestBackend();
	const person = await makeMember(plain.url);
	const client = await openLive(plain.url, { token: person.tokens.access_token });
	expect((await client.until("ready")).data).toEqual({ shapes: false });
	await client.close();
	for (const [method, path] of [
		["GET", "/electric/shape?table=connections&offset=-1"],
		["POST", "/replication/token"],
	] as const) {
		expect(await person.send(method, path)).toMatchObject({ status: 404, code: "replication/not-offered" });
	}
	await plain.close();
});
