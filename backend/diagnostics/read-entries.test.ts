import { expect, test } from "bun:test";
import fc from "fast-check";
import { type DiagnosticsRequest, diagnosticEvents, localCodes, type OtlpAttributes } from "../contract/diagnostics.ts";
import { errorCodes } from "../contract/errors.ts";
import { createLog } from "../telemetry/log.ts";
import { diagnosticLine, diagnosticSignal } from "./diagnostic-logs.ts";
import { readEntries } from "./read-entries.ts";
import { testClient, testDiagnostics } from "./test-diagnostics.ts";

const requestOf = (
	eventName: string,
	attributes: OtlpAttributes,
	resource: OtlpAttributes = [],
): DiagnosticsRequest => {
	const logRecords = [{ timeUnixNano: "1700000000000000000", severityNumber: 9, eventName, attributes }];
	return {
		resourceLogs: [{ resource: { attributes: resource }, scopeLogs: [{ scope: { name: "sheaf" }, logRecords }] }],
	};
};
const inContext = { key: "context", value: { stringValue: "popup" } };

test("OBS-3: what an extension tells in the form it has is read whole", () => {
	const { client, entries, rejected } = readEntries(testDiagnostics(12, 13));
	expect({ client, rejected }).toEqual({ client: testClient, rejected: 0 });
	expect(entries).toMatchObject([
		{ level: "info", event: "page.drawn", context: "popup", attributes: { ms: 12 } },
		{ attributes: { ms: 13 } },
	]);
});

test("OBS-3: whatever a client says, the log and the collector get no text but the catalogue's words, known codes and UUIDs", () => {
	const words = new Set<string>([...errorCodes, ...localCodes, "unknown"]);
	for (const { has } of Object.values(diagnosticEvents)) {
		for (const kind of Object.values(has)) if (Array.isArray(kind)) for (const word of kind) words.add(word);
	}
	const hostile = fc
		.oneof(fc.emailAddress(), fc.webUrl(), fc.string({ minLength: 6 }), fc.constantFrom("lovelace", "ada/lovelace"))
		.filter((text) => !words.has(text) && text.trim().length > 5)
		.map((text) => text.slice(0, 64));
	const events = fc.constantFrom(...(Object.keys(diagnosticEvents) as (keyof typeof diagnosticEvents)[]));
	fc.assert(
		fc.property(events, hostile, (event, text) => {
			const has = Object.keys(diagnosticEvents[event].has);
			const attributes = [...has, "page"].map((key) => ({ key, value: { stringValue: text } }));
			const resource = ["service.version", "browser.name", "browser.major"].map((key) => ({
				key,
				value: { stringValue: text },
			}));
			const { client, entries } = readEntries(requestOf(event, [inContext, ...attributes], resource));
			expect(client).toEqual({ version: null, browser: null, major: null });
			expect(entries.map(({ attributes: kept }) => kept)).toEqual([{}]);
		}),
	);
});

test("OBS-3: events, parts and codes that this server does not know are counted and left out", () => {
	expect(readEntries(requestOf("page.text", [inContext]))).toMatchObject({ entries: [], rejected: 1 });
	expect(readEntries(requestOf("constructor", [inContext]))).toMatchObject({ entries: [], rejected: 1 });
	expect(readEntries(requestOf("feed.live", []))).toMatchObject({ entries: [], rejected: 1 });
	const code = { key: "code", value: { stringValue: "ada/lovelace" } };
	expect(readEntries(requestOf("storage.failed", [inContext, code])).entries[0]?.attributes).toEqual({});
});

test("OBS-3: a line and a log record say who by pseudonym, when by both clocks, and how bad it was", () => {
	const { client, entries } = readEntries(
		requestOf("storage.failed", [inContext, { key: "code", value: { stringValue: "outbox/storage-full" } }]),
	);
	const [entry] = entries;
	if (entry === undefined) throw new Error("The entry was not read.");
	const sender = { actor_uid: "a1", session_id: "s1", device_id: null };
	const told = { entry, client, sender, takenMs: 1_700_000_000_500 };
	const lines: string[] = [];
	createLog("info", { write: (line) => lines.push(line) }).info(diagnosticLine(told), "extension");
	expect(JSON.parse(lines.join(""))).toMatchObject({
		msg: "extension",
		level: "info",
		severity: "error",
		event: "storage.failed",
		code: "outbox/storage-full",
		...sender,
	});
	expect(JSON.stringify(diagnosticSignal.body([told]))).not.toContain("device_id");
	expect(diagnosticSignal.body([told])).toMatchObject({
		resourceLogs: [
			{
				scopeLogs: [
					{
						logRecords: [
							{
								timeUnixNano: "1700000000000000000",
								observedTimeUnixNano: "1700000000500000000",
								severityNumber: 17,
								eventName: "storage.failed",
							},
						],
					},
				],
			},
		],
	});
});
