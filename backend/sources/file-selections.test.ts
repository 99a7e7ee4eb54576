import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { createConnection } from "../connections/create-connection.ts";
import { updateConnection } from "../connections/update-connection.ts";
import { createFileConnector } from "../connectors/file/index.ts";
import { bytesOf, TestFile } from "../connectors/file/test-file.ts";
import type { Principal } from "../db/principal.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { createTestTenant } from "../db/test-tenant.ts";
import { createTestTarget, type TestTarget } from "../targets/test-target.ts";
import { createVault } from "../vault/vault.ts";
import { browseRows } from "./browse-source.ts";
import { listSelectionRows } from "./selection-rows.ts";
import { createTestSources, type TestSources } from "./test-sources.ts";

setDefaultTimeout(60_000);

/** The files of each workspace, by what stands for their hash. */
let stored: Map<string, string>;
let db: TestDatabase;
let sources: TestSources;
let person: Principal;
let target: TestTarget;
beforeAll(async () => {
	db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
	sources = createTestSources(db);
	person = await createTestTenant(db.database);
	target = await createTestTarget(db.database, person);
	stored = new Map();
	const file = createFileConnector();
	Object.assign(sources.deps, {
		connectors: new Map([...sources.deps.connectors, [file.manifest.id, file]]),
		vault: createVault([{ kid: "one", key: new Uint8Array(32) }]),
		files: (workspaceId: string) => async (sha256: string) => {
			const text = stored.get(`${workspaceId} ${sha256}`);
			return text === undefined ? null : new TestFile(bytesOf(text));
		},
	});
});

const put = (sha256: string, text: string) => void stored.set(`${person.workspaceId} ${sha256}`, text);
const place = { containerId: "", tableId: "rows" };
const titles = async () => {
	const rows = await db.database.asTenant(
		person,
		(sql) => sql<{ title: string }[]>`select fields -> 'title' ->> 'value' as title from sheaf.records order by 1`,
	);
	return rows.map(({ title }) => title);
};

test("J6: rows of a file become records; a newer file takes its place, and new, changed and gone rows are told", async () => {
	put(
		"older",
		"title,url,sku\nPen,https://example.test/1,a\nInk,https://example.test/2,b\nCap,https://example.test/3,c\n",
	);
	const credential = { sha256: "older", name: "things.csv", key: "SKU" };
	const { id, settings } = await createConnection(sources.deps, person, { provider: "file", credential });
	expect(settings).toEqual(credential);
	const selection = await sources.create(person, target, { connectionId: id, place });
	expect(await sources.pick(person, selection.id)).toMatchObject({
		status: "done",
		added: 3,
		total: { count: 3, exact: true },
	});
	put(
		"newer",
		"sku,title,url\nz,Tip,https://example.test/4\nb,Ink,https://example.test/2\na,Blue pen,https://example.test/1\n",
	);
	await updateConnection(sources.deps, person, { id, patch: { credential: { ...credential, sha256: "newer" } } });
	expect(await sources.pick(person, selection.id)).toMatchObject({
		added: 1,
		changed: 1,
		unchanged: 1,
		gone: 1,
		failed: 0,
	});
	expect(await titles()).toEqual(["Blue pen", "Cap", "Ink", "Tip"]);
});

test("I5: a row that cannot be read is told by its line with the run, until a newer file has it right", async () => {
	put("bad", "title,url\nPen,https://example.test/1\nInk, blue,https://example.test/2\n");
	const credential = { sha256: "bad", name: "things.csv" };
	const { id } = await createConnection(sources.deps, person, { provider: "file", credential });
	const selection = await sources.create(person, target, { connectionId: id, place });
	expect(await sources.pick(person, selection.id)).toMatchObject({ listed: 2, added: 1, failed: 1, gone: 0 });
	const failed = async () =>
		(await listSelectionRows(sources.deps, person, { id: selection.id, state: "failed" })).rows;
	expect(await failed()).toMatchObject([
		{ recordId: null, problem: { code: "sources/row-unreadable", details: { case: "ragged", line: 3 } } },
	]);
	put("good", 'title,url\nPen,https://example.test/1\n"Ink, blue",https://example.test/2\n');
	await updateConnection(sources.deps, person, { id, patch: { credential: { ...credential, sha256: "good" } } });
	expect(await sources.pick(person, selection.id)).toMatchObject({ added: 1, unchanged: 1, failed: 0, gone: 0 });
	expect(await failed()).toEqual([]);
	expect(await titles()).toEqual(["Ink, blue", "Pen"]);
});

test("TEN-3: a file of another workspace is not here, whoever knows its hash", async () => {
	put("mine", "title\nPen\n");
	const credential = { sha256: "mine", name: "things.csv" };
	await createConnection(sources.deps, person, { provider: "file", credential });
	const stranger = await createTestTenant(db.database);
	expect(createConnection(sources.deps, stranger, { provider: "file", credential })).rejects.toMatchObject({
		code: "sources/file-not-found",
	});
});

test("J6: a file is searched where it is, and how many rows were found is said when they are counted", async () => {
	put(
		"long",
		`title,of\n${Array.from({ length: 60 }, (_, row) => `row ${row},${row % 2 ? "odd" : "even"}`).join("\n")}`,
	);
	const credential = { sha256: "long", name: "things.csv" };
	const { id: connectionId } = await createConnection(sources.deps, person, { provider: "file", credential });
	const first = await browseRows(sources.deps, person, { connectionId, place, search: "odd", limit: 20 });
	expect([first.rows.length, first.total?.exact]).toEqual([20, false]);
	const next = { connectionId, place, search: "odd", limit: 20, cursor: first.cursor ?? "" };
	expect(await browseRows(sources.deps, person, next)).toMatchObject({
		cursor: null,
		total: { count: 30, exact: true },
	});
});

test("I5: a row with a character that the database cannot hold is taken in without it, and the run ends", async () => {
	put("odd", '[{"sku":"a\\u0000","title":"Pe\\u0000n"},{"sku":"b","title":"Ink\\ud800"},{"sku":"c","title":"Cap"}]');
	const credential = { sha256: "odd", name: "things.json", key: "sku" };
	const { id } = await createConnection(sources.deps, person, { provider: "file", credential });
	const selection = await sources.create(person, target, { connectionId: id, place });
	expect(await sources.pick(person, selection.id)).toMatchObject({ status: "done", added: 3, failed: 0 });
	expect(await titles()).toEqual(["Cap", "Ink\ufffd", "Pen"]);
});
