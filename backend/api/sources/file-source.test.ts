import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createHash } from "node:crypto";
import { createFileConnector } from "../../connectors/file/index.ts";
import type { ConnectionView } from "../../contract/connections.ts";
import type { SourceRowsPage } from "../../contract/selections.ts";
import { startTestBackend, type TestBackend } from "../testing/test-backend.ts";
import { makeMember, makeTeam, sender, type TestTeam } from "../testing/test-member.ts";
import { ask } from "../testing/test-person.ts";

// A backend is started and a team signs up.
setDefaultTimeout(60_000);

let backend: TestBackend;
let team: TestTeam;
let token: string;
beforeAll(async () => {
	backend = await startTestBackend({ deps: { connectors: new Map([["file", createFileConnector()]]) } });
	team = await makeTeam(backend.url);
	token = await team.member.tokenIn(team.id);
});
afterAll(() => backend.close());

async function upload(text: string): Promise<string> {
	const bytes = new TextEncoder().encode(text);
	const sha256 = createHash("sha256").update(bytes).digest("base64url");
	const announced = { sha256, byteSize: bytes.length, mediaType: "text/csv" };
	expect((await sender(backend.url, token)("POST", "/blobs", announced)).status).toBe(200);
	const headers = { "content-type": "application/octet-stream" };
	const part = { method: "PUT", headers, body: bytes };
	expect((await ask(`${backend.url}/api/v1/blobs/${sha256}/parts/0`, token, part)).status).toBe(200);
	return sha256;
}

test("J6: a file that was uploaded is added as a source, and its rows are read from the store by pages", async () => {
	const send = sender(backend.url, token);
	const text = `Name,Price\n${Array.from({ length: 120 }, (_, row) => `Pen ${row},${row}`).join("\n")}\n`;
	const credential = { sha256: await upload(text), name: "pens.csv" };
	const added = await send("POST", "/connections", { provider: "file", name: "Pens", credential });
	const connection = added.body as ConnectionView;
	expect(connection).toMatchObject({ account: "pens.csv", settings: credential, status: "healthy" });
	const place = { containerId: "", tableId: "rows" };
	const rows = `/sources/${connection.id}/rows`;
	const first = (await send("POST", rows, { place, limit: 100 })).body as SourceRowsPage;
	expect([first.rows.length, first.total]).toEqual([100, { count: 120, exact: true }]);
	const rest = (await send("POST", rows, { place, limit: 100, cursor: first.cursor })).body as SourceRowsPage;
	expect(rest.rows.at(-1)?.fields).toEqual({
		Name: { type: "text", value: "Pen 119" },
		Price: { type: "number", value: 119 },
	});
	expect(rest.cursor).toBeNull();
});

test("TEN-3: what another workspace uploaded cannot be added by its hash, and is told as if there were none", async () => {
	const credential = { sha256: await upload("Name\nPen\n"), name: "pens.csv" };
	const stranger = await makeMember(backend.url);
	const answer = await stranger.send("POST", "/connections", { provider: "file", credential });
	expect(answer).toMatchObject({ status: 404, body: { error: { code: "sources/file-not-found" } } });
});

test("J6: as many rows as may be chosen one by one fit into one request", async () => {
	const send = sender(backend.url, token);
	const rowIds = Array.from({ length: 5_000 }, () => crypto.randomUUID());
	const place = { containerId: "", tableId: "rows" };
	const [connectionId, targetId] = [crypto.randomUUID(), crypto.randomUUID()];
	const wanted = { name: "Pens", connectionId, place, targetId, mode: "chosen", rowIds };
	expect(await send("POST", "/selections", wanted)).toMatchObject({ status: 404, code: "connections/not-found" });
	const patch = await send("PATCH", `/selections/${crypto.randomUUID()}`, { rowIds });
	expect(patch).toMatchObject({ status: 404, code: "selections/not-found" });
});
