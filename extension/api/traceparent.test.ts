import { expect, test } from "bun:test";
import { testDelete, testPut } from "../../backend/records/test-operations.ts";
import { parseTraceparent, traceOfRecord } from "../../backend/telemetry/tracing.ts";
import { createClient } from "./client.ts";
import { traceparentOf } from "./traceparent.ts";

test("OBS-2: a batch names the trace that the backend knows its first capture by", () => {
	const put = testPut({ recordId: Bun.randomUUIDv7(), version: 7 });
	expect(parseTraceparent(traceparentOf([put, testPut()]))).toEqual(traceOfRecord(put.record.id, 7));
	expect(traceparentOf([testDelete(put.record.id)])).toBeNull();
	expect(traceparentOf([])).toBeNull();
});

test("OBS-2: it goes with the batch, and with no other request", async () => {
	const sent: (string | null)[] = [];
	const client = createClient({
		serverUrl: async () => "https://sheaf.example",
		token: async () => "token",
		fetch: async (_, init) => {
			sent.push(new Headers(init.headers).get("traceparent"));
			return Response.json({ results: [], targets: [] });
		},
	});
	const put = testPut();
	await client.writeBatch([put]);
	await client.targets();
	expect(sent).toEqual([traceparentOf([put]), null]);
});
