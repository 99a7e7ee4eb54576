import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { DiagnosticsRequest } from "../../backend/contract/diagnostics.ts";
import { readEntries } from "../../backend/diagnostics/read-entries.ts";
import { otlpLogs } from "./otlp-logs.ts";

test("OBS-3: what the extension makes of an entry is what the server reads", () => {
	const entry = {
		at: 1_700_000_000_123,
		level: "warn",
		context: "background",
		event: "request.failed",
		attributes: { method: "POST", area: "writes", code: "client/timeout", status: 0, ms: 20_001 },
	} as const;
	const request = otlpLogs([entry], { version: "1.2.3", browser: "chrome", major: 156 });
	expect(Value.Check(DiagnosticsRequest, request)).toBe(true);
	const { at, ...same } = entry;
	expect(readEntries(request)).toEqual({
		client: { version: "1.2.3", browser: "chrome", major: 156 },
		entries: [{ atMs: at, ...same }],
		rejected: 0,
	});
});
