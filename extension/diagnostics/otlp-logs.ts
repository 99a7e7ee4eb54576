import type {
	DiagnosticsRequest,
	OtlpAttributes,
	OtlpLogRecord,
	OtlpValue,
	severities as wireSeverities,
} from "../../backend/contract/diagnostics.ts";
import type { AttributeValue, Entry } from "./entry.ts";
import type { ThisBrowser } from "./this-browser.ts";

/** The contract's numbers. Only its types may be imported, so the compiler holds them equal. */
const severities: typeof wireSeverities = { info: 9, warn: 13, error: 17 };

/** Entries as OTLP/HTTP has logs in JSON (OpenTelemetry protocol 1.x). Who sends them is the token's to say. */
export function otlpLogs(entries: readonly Entry[], { version, browser, major }: ThisBrowser): DiagnosticsRequest {
	const resource = {
		"service.name": "sheaf-extension",
		"service.version": version,
		"browser.name": browser,
		"browser.major": major,
	};
	const scopeLogs = [{ scope: { name: "sheaf" as const }, logRecords: entries.map(logRecord) }];
	return { resourceLogs: [{ resource: { attributes: attributesOf(resource) }, scopeLogs }] };
}

function logRecord({ at, level, context, event, attributes }: Entry): OtlpLogRecord {
	return {
		// 64 bits do not fit into a JSON number, so that the protocol takes text.
		timeUnixNano: `${at}000000`,
		severityNumber: severities[level],
		eventName: event,
		attributes: attributesOf({ context, ...attributes }),
	};
}

function attributesOf(values: Readonly<Record<string, AttributeValue>>): OtlpAttributes {
	return Object.entries(values).map(([key, value]) => ({ key, value: wireValue(value) }));
}

function wireValue(value: AttributeValue): OtlpValue {
	if (typeof value === "number") return { intValue: String(value) };
	return typeof value === "boolean" ? { boolValue: value } : { stringValue: value };
}
