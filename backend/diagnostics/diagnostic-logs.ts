import { severities } from "../contract/diagnostics.ts";
import { nanoseconds, otlpAttributes, type Signal } from "../telemetry/otlp-queue.ts";
import type { DiagnosticClient, DiagnosticEntry, DiagnosticValue } from "./read-entries.ts";

/** Who tells it, as the log names people: pseudonym, session and device. */
export type DiagnosticSender = Readonly<Record<string, string | null>>;

/** An entry with what stands beside it wherever it goes. */
export type DiagnosticLog = {
	entry: DiagnosticEntry;
	client: DiagnosticClient;
	sender: DiagnosticSender;
	takenMs: number;
};

/** Where entries go besides the log. */
export type DiagnosticSink = (log: DiagnosticLog) => void;

/** Its line. The time is the device's; whether it was an error there is no measure of how this process does, so the level is `info`. */
export function diagnosticLine({ entry, client, sender }: DiagnosticLog): Record<string, unknown> {
	const { atMs, level, event, context, attributes } = entry;
	return { event, severity: level, atMs, context, ...attributes, client, ...sender };
}

/** Entries as `opentelemetry/proto/logs/v1/logs.proto` has them. */
export const diagnosticSignal: Signal<DiagnosticLog> = {
	path: "/v1/logs",
	body: (logs) => {
		const scopeLogs = [{ scope: { name: "sheaf" }, logRecords: logs.map(wireRecord) }];
		const resource = { attributes: otlpAttributes({ "service.name": "sheaf-extension" }) };
		return { resourceLogs: [{ resource, scopeLogs }] };
	},
};

function wireRecord({ entry, client, sender, takenMs }: DiagnosticLog): object {
	const { atMs, level, event, context, attributes } = entry;
	const beside = { "service.version": client.version, "browser.name": client.browser, "browser.major": client.major };
	return {
		timeUnixNano: nanoseconds(atMs),
		observedTimeUnixNano: nanoseconds(takenMs),
		severityNumber: severities[level],
		severityText: level.toUpperCase(),
		eventName: event,
		// For collectors that are older than `eventName`.
		body: { stringValue: event },
		attributes: otlpAttributes({ context, ...attributes, ...known({ ...beside, ...sender }) }),
	};
}

function known(values: Readonly<Record<string, DiagnosticValue | null>>): Record<string, DiagnosticValue> {
	return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
