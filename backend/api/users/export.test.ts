import { afterAll, beforeAll, expect, test } from "bun:test";
import { strFromU8, unzipSync } from "fflate";
import postgres, { type Sql } from "postgres";
import { testPut } from "../../records/test-operations.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember, makeTeam, makeWorkspace, type TestMember, type TestTeam } from "../testing/test-member.ts";
import { ask, errorCode } from "../testing/test-person.ts";
import { fillTenant } from "../testing/test-tenant.ts";

let backend: TestBackend;
let admin: Sql;
let team: TestTeam;
beforeAll(async () => {
	backend = await startTestBackend();
	admin = postgres(backend.testDatabase.url, { max: 1 });
	team = await makeTeam(backend.url, "Reading & circle");
});
afterAll(async () => {
	await admin.end();
	await backend.close();
});

type Archive = { answer: Response; files: Record<string, string> };

async function exported(who: TestMember): Promise<Archive> {
	const answer = await ask(`${backend.url}/api/v1/users/me/export`, who.tokens.access_token);
	const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
	return { answer, files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)])) };
}

const textOf = ({ files }: Archive) => Object.values(files).join("\n");
const lines = (text = "") => text.split("\n").filter((line) => line !== "");
const put = (title: string) => {
	const operation = testPut();
	operation.record.fields = { ...operation.record.fields, title: { type: "text", value: title } };
	operation.record.provenance = { title: { from: "json-ld", path: "Article.headline", confidence: 0.95 } };
	return operation;
};

test("SEC-4: one ZIP with everything of the person, and a text that says what is what", async () => {
	const ada = await makeMember(backend.url);
	await ada.send("PATCH", "/users/me", { firstName: "Ada", timeZone: "Europe/Lisbon" });
	await ada.send("PATCH", "/users/me/settings", { settings: { theme: "dark" } });
	const { id } = await makeWorkspace(ada, "Plans");
	await (await ada.sendIn(id))("POST", "/writes/batch", { operations: [put("In plans")] });
	await fillTenant(backend.testDatabase.database, { workspaceId: ada.personalId, userId: ada.userId });
	const archive = await exported(ada);
	const { answer, files } = archive;
	expect(answer.headers.get("content-type")).toBe("application/zip");
	expect(answer.headers.get("content-disposition")).toMatch(
		/^attachment; filename="sheaf-export-\d{4}-\d\d-\d\d\.zip"$/,
	);
	expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
	expect(answer.headers.get("cache-control")).toBe("no-store");
	const inFolder = [
		"records.jsonl",
		"records.csv",
		"targets.json",
		"recipes.json",
		"selections.json",
		"connections.json",
	].concat([
		"event-hooks.json",
		"bulk-operations.json",
		"deliveries.jsonl",
		"delivery-attempts.jsonl",
		"audit-log.jsonl",
		"pictures-and-files.jsonl",
	]);
	const own = ["README.txt", "profile.json", "ways-in.json", "sessions.json", "settings.json", "workspaces.json"];
	const folders = ["workspaces/01-personal/", "workspaces/02-plans/"];
	expect(Object.keys(files)).toEqual([...own, ...folders.flatMap((folder) => inFolder.map((name) => folder + name))]);
	for (const name of [...own.slice(1), ...inFolder]) expect(files["README.txt"]).toContain(name);
	expect(JSON.parse(files["profile.json"] ?? "")).toMatchObject({ firstName: "Ada", email: ada.person.email });
	expect(JSON.parse(files["settings.json"] ?? "")).toEqual({ version: 1, settings: { theme: "dark" } });
	expect(JSON.parse(files["sessions.json"] ?? "")).toMatchObject([{ deviceId: ada.person.deviceId }]);
	expect(files["workspaces/02-plans/records.jsonl"]).toContain("In plans");
	expect(files["workspaces/02-plans/records.jsonl"]).toContain("Article.headline");
	expect(files["workspaces/02-plans/records.csv"]).toContain("In plans");
	expect(files["workspaces/01-personal/connections.json"]).toContain("Airtable");
	expect(files["workspaces/02-plans/audit-log.jsonl"]).toContain("workspace.create");
});

test("SEC-4: no credential, password, token, key or hash is in it", async () => {
	const ada = await makeMember(backend.url);
	await fillTenant(backend.testDatabase.database, { workspaceId: ada.personalId, userId: ada.userId });
	const canary = "canary-that-is-in-no-archive";
	await admin`update sheaf.connections set credential_jwe = ${canary} where workspace_id = ${ada.personalId}`;
	await admin`
		insert into sheaf.user_accounts (user_id, provider, subject, grant_jwe)
		values (${ada.userId}, 'google', ${ada.userId}, ${canary})`;
	await admin`
		insert into sheaf.device_keys (user_id, device_id, key_jwe) values (${ada.userId}, ${ada.person.deviceId}, ${canary})`;
	const text = textOf(await exported(ada));
	const { password, key } = ada.person;
	for (const secret of [
		canary,
		password,
		"argon2",
		key.thumbprint,
		ada.tokens.refresh_token,
		ada.tokens.access_token,
	]) {
		expect(text).not.toContain(secret);
	}
	expect(text).toContain('"provider": "google"');
	await admin`update sheaf.connections set name = ${canary} where workspace_id = ${ada.personalId}`;
	expect(textOf(await exported(ada))).toContain(canary);
});

test("TEN-3: nothing of a workspace the person is not in, or of another person's settings and devices", async () => {
	await (await team.owner.sendIn(team.id))("POST", "/writes/batch", { operations: [put("Of the team alone")] });
	await team.owner.send("PATCH", "/users/me/settings", { settings: { secret: "Of the owner alone" } });
	const outsider = textOf(await exported(team.outsider));
	expect(outsider).not.toContain("Of the team alone");
	expect(outsider).not.toContain(team.id);
	const viewer = await exported(team.viewer);
	expect(textOf(viewer)).toContain("Of the team alone");
	expect(textOf(viewer)).not.toContain("Of the owner alone");
	expect(textOf(viewer)).not.toContain(team.owner.person.deviceId);
});

test("SEC-4: owners and admins see who changed what, others what they changed themselves", async () => {
	const audit = async (who: TestMember) => {
		const { files } = await exported(who);
		const name = Object.keys(files).find((file) => file.endsWith("02-reading-circle/audit-log.jsonl"));
		return lines(files[name ?? ""]).map((line) => (JSON.parse(line) as { who: string }).who);
	};
	expect(new Set(await audit(team.admin)).size).toBeGreaterThan(2);
	expect(await audit(team.member)).toEqual([team.member.userId]);
});

test("SEC-4: many rows come page by page, each once; the archive is being sent before they are all read", async () => {
	const ada = await makeMember(backend.url);
	const count = 2_345;
	await admin`
		insert into sheaf.records (workspace_id, owner_id, id, kind, version, captured_at, source, fields, content_hash)
		select ${ada.personalId}, ${ada.userId}, uuidv7(), 'page', 1, now(), '{"url":"https://example.test/","title":"T"}',
			jsonb_build_object('title', jsonb_build_object('type', 'text', 'value', repeat(md5(n::text), 60))), '\\x00'
		from generate_series(1, ${count}) n`;
	const answer = await ask(`${backend.url}/api/v1/users/me/export`, ada.tokens.access_token);
	const reader = (answer.body ?? new ReadableStream<Uint8Array>()).getReader();
	const chunks: Uint8Array[] = [];
	for (let part = await reader.read(); !part.done; part = await reader.read()) chunks.push(part.value);
	const files = unzipSync(Buffer.concat(chunks));
	const jsonl = lines(strFromU8(files["workspaces/01-personal/records.jsonl"] ?? new Uint8Array()));
	expect(new Set(jsonl.map((line) => (JSON.parse(line) as { id: string }).id)).size).toBe(count);
	expect(jsonl).toHaveLength(count);
	expect(lines(strFromU8(files["workspaces/01-personal/records.csv"] ?? new Uint8Array()))).toHaveLength(count + 1);
	expect(chunks.length).toBeGreaterThan(count / 50);
});

test("SEC-1: a stranger gets no archive, and nobody one after another without end", async () => {
	const stranger = await fetch(`${backend.url}/api/v1/users/me/export`);
	expect([stranger.status, await errorCode(stranger)]).toEqual([401, "auth/token-missing"]);
	const ada = await makeMember(backend.url);
	const statuses = [];
	for (let round = 0; round < 11; round++) {
		const answer = await ask(`${backend.url}/api/v1/users/me/export`, ada.tokens.access_token);
		await answer.arrayBuffer();
		statuses.push(answer.status);
	}
	expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
});
