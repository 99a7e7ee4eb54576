import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TargetComparison } from "../../contract/compare.ts";
import type { Fields } from "../../contract/fields.ts";
import { testPut } from "../../records/test-operations.ts";
import { createTestTarget } from "../../targets/test-target.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { join, makeMember, makeTeam, type Send, type TestMember } from "../testing/test-member.ts";

let backend: TestBackend;
let ann: TestMember;
let targetId: string;

const principalOf = ({ userId, personalId }: TestMember) =>
	({ userId, workspaceId: personalId, role: "owner", sessionId: null, deviceId: null }) as const;

beforeAll(async () => {
	backend = await startTestBackend();
	ann = await makeMember(backend.url);
	({ targetId } = await createTestTarget(backend.testDatabase.database, principalOf(ann)));
});
afterAll(async () => {
	await backend.close();
});

const rowOf = (url: string, title: string): Fields => ({
	url: { type: "url", value: url },
	title: { type: "text", value: title },
});

async function compare(send: Send, rows: Fields[], target = targetId) {
	const answer = await send("POST", `/targets/${target}/compare`, { rows });
	return { ...answer, standings: (answer.body as TargetComparison).rows?.map(({ standing }) => standing) };
}

test("CAP-3: each row is new, an update or unchanged by match key and the mapped columns it has, and nothing is written", async () => {
	const [same, changed] = [
		testPut({ targetId, url: "https://a.test/same", title: "Same", price: 5 }),
		testPut({ targetId, url: "https://a.test/changed", title: "Before" }),
	];
	await ann.send("POST", "/writes/batch", { operations: [same, changed] });
	const before = await ann.send("GET", "/records");
	const rows = [
		rowOf("https://a.test/same", "Same"),
		{ ...rowOf("https://a.test/same", "Same"), unmapped: { type: "text", value: "is not looked at" } } as Fields,
		rowOf("https://a.test/changed", "After"),
		rowOf("https://a.test/new", "New"),
		{ title: { type: "text", value: "Nothing to match by" } } as Fields,
	];
	const { body, standings } = await compare(ann.send, rows);
	expect(standings).toEqual(["unchanged", "unchanged", "update", "new", "no_key"]);
	expect(body).toMatchObject({ rows: [{ recordId: same.record.id }, {}, { recordId: changed.record.id }, {}, {}] });
	expect(await ann.send("GET", "/records")).toEqual(before);
});

test("CAP-3, OUT-5: of several records with one key the one captured last counts", async () => {
	const url = "https://a.test/twice";
	const early = testPut({ targetId, url, title: "Early", capturedAt: "2026-01-01T00:00:00.000Z" });
	const late = testPut({ targetId, url, title: "Late", capturedAt: "2026-02-01T00:00:00.000Z" });
	await ann.send("POST", "/writes/batch", { operations: [late, early] });
	expect((await compare(ann.send, [rowOf(url, "Late"), rowOf(url, "Early")])).standings).toEqual([
		"unchanged",
		"update",
	]);
});

test("CAP-3, SYNC-6: a row that somebody deleted there is new again", async () => {
	const put = testPut({ targetId, url: "https://a.test/gone", title: "Gone" });
	await ann.send("POST", "/writes/batch", { operations: [put] });
	await backend.testDatabase.database.asTenant(principalOf(ann), async (sql) => {
		await sql`update sheaf.deliveries set state = 'delivered', remote_state = 'gone' where record_id = ${put.record.id}`;
	});
	expect((await compare(ann.send, [rowOf("https://a.test/gone", "Gone")])).standings).toEqual(["new"]);
});

test("SEC-1: at least one and at most 500 rows, as large as what is written", async () => {
	const long = "M".repeat(1_000);
	const rows = Array.from({ length: 501 }, (_, place) => rowOf(`https://a.test/${place}`, long));
	expect((await compare(ann.send, rows.slice(1))).standings).toHaveLength(500);
	for (const refused of [rows, []]) {
		expect(await compare(ann.send, refused)).toMatchObject({ status: 400, code: "request/invalid" });
	}
});

test("TEN-3: a stranger is refused, and another tenant learns of neither target nor records", async () => {
	const rows = [rowOf("https://a.test/same", "Same")];
	const stranger = await fetch(`${backend.url}/api/v1/targets/${targetId}/compare`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ rows }),
	});
	expect(stranger.status).toBe(401);
	const ben = await makeMember(backend.url);
	expect(await compare(ben.send, rows)).toMatchObject({ status: 404, code: "targets/not-found" });
	const own = await createTestTarget(backend.testDatabase.database, principalOf(ben));
	expect((await compare(ben.send, rows, own.targetId)).standings).toEqual(["new"]);
});

test("ID-7: a viewer, who sends nothing, is told which permission it takes", async () => {
	const team = await makeTeam(backend.url);
	const viewer = await makeMember(backend.url);
	await join(viewer, team.owner, { workspaceId: team.id, role: "viewer" });
	const answer = await compare(await viewer.sendIn(team.id), [rowOf("https://a.test/same", "Same")]);
	expect(answer).toMatchObject({ status: 403, code: "auth/forbidden" });
});
