import {
	type AttributeKind,
	type DiagnosticContext,
	type DiagnosticEvent,
	type DiagnosticLevel,
	type DiagnosticsRequest,
	diagnosticContexts,
	diagnosticEvents,
	localCodes,
	type OtlpAttributes,
	type OtlpLogRecord,
	type OtlpValue,
} from "../contract/diagnostics.ts";
import { errorCodes } from "../contract/errors.ts";

export type DiagnosticValue = string | number | boolean;

/** One entry, of which nothing but the catalogue's words, numbers and ids is left. */
export type DiagnosticEntry = {
	/** Milliseconds since the epoch, by the device's clock. */
	atMs: number;
	level: DiagnosticLevel;
	event: DiagnosticEvent;
	context: DiagnosticContext;
	attributes: Readonly<Record<string, DiagnosticValue>>;
};

/** The extension that tells it; null for what it does not say in the form it has. */
export type DiagnosticClient = { version: string | null; browser: string | null; major: number | null };

/** `rejected`: entries of events or parts that this server does not know. */
export type ReadEntries = { client: DiagnosticClient; entries: DiagnosticEntry[]; rejected: number };

const codes: ReadonlySet<string> = new Set([...errorCodes, ...localCodes, "unknown"]);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const versionForm = /^\d{1,5}(\.\d{1,5}){0,3}$/;
const browsers = ["chrome", "edge", "firefox", "other"];

/**
 * Takes from a request what is of the catalogue, value by value: a client that was changed, or one of another version, puts no text
 * into a log of ours.
 */
export function readEntries({ resourceLogs }: DiagnosticsRequest): ReadEntries {
	const told = resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));
	const entries = told.flatMap((record) => entryOf(record) ?? []);
	return {
		client: clientOf(resourceLogs[0]?.resource.attributes ?? []),
		entries,
		rejected: told.length - entries.length,
	};
}

function clientOf(attributes: OtlpAttributes): DiagnosticClient {
	const values = valuesOf(attributes);
	const [version, browser] = [values.get("service.version"), values.get("browser.name")];
	const major = values.get("browser.major");
	return {
		version: typeof version === "string" && versionForm.test(version) ? version : null,
		browser: typeof browser === "string" && browsers.includes(browser) ? browser : null,
		major: typeof major === "number" ? major : null,
	};
}

function entryOf({ timeUnixNano, eventName, attributes }: OtlpLogRecord): DiagnosticEntry | null {
	const values = valuesOf(attributes);
	const context = diagnosticContexts.find((one) => one === values.get("context"));
	if (!isEvent(eventName) || context === undefined) return null;
	const { level, has } = diagnosticEvents[eventName];
	const kept = Object.entries<AttributeKind>(has).flatMap(([name, kind]) => {
		const value = values.get(name);
		return value !== undefined && isOf(kind, value) ? [[name, value] as const] : [];
	});
	const atMs = Number(BigInt(timeUnixNano) / 1_000_000n);
	return { atMs, level, event: eventName, context, attributes: Object.fromEntries(kept) };
}

function isEvent(name: string): name is DiagnosticEvent {
	return Object.hasOwn(diagnosticEvents, name);
}

function isOf(kind: AttributeKind, value: DiagnosticValue): boolean {
	if (kind === "count") return typeof value === "number";
	if (kind === "flag") return typeof value === "boolean";
	if (typeof value !== "string") return false;
	if (kind === "id") return uuid.test(value);
	return kind === "code" ? codes.has(value) : kind.includes(value);
}

function valuesOf(attributes: OtlpAttributes): Map<string, DiagnosticValue> {
	return new Map(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: OtlpValue): DiagnosticValue {
	if ("intValue" in value) return Number(value.intValue);
	return "boolValue" in value ? value.boolValue : value.stringValue;
}
