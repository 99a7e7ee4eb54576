import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, makePerson } from "../api/testing/test-person.ts";
import { type AirtableSimulator, startAirtableSimulator } from "../connectors/airtable/simulator.ts";
import { createTestDatabase, type TestDatabase } from "../db/test-database.ts";
import { testPut } from "../records/test-operations.ts";
import { traceOfRecord } from "../telemetry/tracing.ts";
import { startProcess, startReady, type TestProcess, until } from "./test-process.ts";

type WireSpan = { traceId: string; spanId: string; parentSpanId?: string; name: string; startTimeUnixNano: string };

/** A collector as OTLP/HTTP describes one; it keeps what it is sent. */
const spans: WireSpan[] = [];
let received = "";
const collector = Bun.serve({
	port: 0,
	hostname: "127.0.0.1",
	fetch: async (request) => {
		if (new URL(request.url).pathname !== "/v1/traces" || request.headers.get("x-key") !== "a b")
			return new Response(null, { status: 401 });
		const text = await request.text();
		received += text;
		const body = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: WireSpan[] }[] }[] };
		spans.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
		return Response.json({});
	},
});

const baseId = "appTraces00000000";
let dataDir: string;
let db: TestDatabase;
let airtable: AirtableSimulator;
let backend: TestProcess;
let url: string;
beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "sheaf-traces-"));
	db = await createTestDatabase();
	const fields = [{ name: "Name", type: "singleLineText" } as const, { name: "URL", type: "url" } as const];
	airtable = await startAirtableSimulator({
		tokens: [{ token: "patTraces.token" }],
		bases: [{ id: baseId, name: "Reading", tables: [{ name: "Pages", fields }] }],
	});
	const traced = {
		OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`,
		OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20b",
	};
	const settings = { DATABASE_URL: db.url, SHEAF_DATABASE_KEY: db.databaseKey, AIRTABLE_API_URL: airtable.url };
	const started = await startReady((port) =>
		startProcess({ ...settings, ...traced, SHEAF_DATA_DIR: dataDir, SHEAF_PORT: String(port) }),
	);
	backend = started.child;
	url = `http://localhost:${started.port}`;
}, 60_000);
afterAll(async () => {
	backend.kill("SIGKILL");
	await backend.exited;
	await collector.stop(true);
	await airtable.stop();
	await db.close();
	await rm(dataDir, { recursive: true, force: true });
});

test("OBS-2: one trace leads from the gesture over the request to the provider's call, and holds nothing of the page", async () => {
	const { access_token } = await (await makePerson(url)).tokens();
	const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
		const init = {
			method: "POST",
			body: JSON.stringify(body),
			headers: { "content-type": "application/json", ...headers },
		};
		return (await (await ask(`${url}/api/v1${path}`, access_token, init)).json()) as { id: string };
	};
	const { id: connectionId } = await post("/connections", {
		provider: "airtable",
		credential: { token: "patTraces.token" },
	});
	const tableId = airtable.control.table(baseId, "Pages").id;
	const mapping = ["Name", "URL"].map((to, index) => ({ from: ["title", "url"][index], to }));
	const target = { name: "Pages", connectionId, tableId, mapping, matchKey: ["url"] };
	const { id: targetId } = await post("/targets", { ...target, frequency: "on_capture", conflictPolicy: "overwrite" });
	const put = testPut({
		operationId: Bun.randomUUIDv7(),
		recordId: Bun.randomUUIDv7(),
		targetId,
		title: "a private title",
	});
	const { traceId, spanId } = traceOfRecord(put.record.id, put.record.version);
	await post("/writes/batch", { operations: [put] }, { traceparent: `00-${traceId}-${spanId}-01` });
	const mine = () => spans.filter((span) => span.traceId === traceId);
	await until(async () => mine().some(({ name }) => name === "run"));
	const find = (name: string) => mine().find((span) => span.name.startsWith(name));
	const [capture, request, accept, run, call] = [
		"capture",
		"POST /api/v1/writes/batch",
		"accept",
		"run",
		"airtable ",
	].map(find);
	expect(capture).toMatchObject({ spanId });
	expect(capture?.parentSpanId).toBeUndefined();
	for (const step of [request, accept, run]) expect(step?.parentSpanId).toBe(spanId);
	expect(call?.parentSpanId).toBe(run?.spanId ?? "");
	// From the moment in the operation's id.
	const madeMs = Number.parseInt(put.id.replaceAll("-", "").slice(0, 12), 16);
	expect(capture?.startTimeUnixNano).toBe(`${madeMs}000000`);
	for (const secret of ["private", "example.test", access_token, "patTraces"]) expect(received).not.toContain(secret);
	expect(mine().every((span) => /^[0-9a-f]{16}$/.test(span.spanId))).toBe(true);
}, 30_000);
