import { hash } from "node:crypto";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import type { ErrorDetail } from "../contract/errors.ts";
import type { Fields, FieldValue } from "../contract/fields.ts";
import type { FieldProvenance, Provenance } from "../contract/provenance.ts";
import {
	maxRecordBytes,
	type Operation,
	type RecordPutOperation as PutOperation,
	RecordDeleteOperation,
	RecordPutOperation,
	RecordUndoOperation,
} from "../contract/writes.ts";
import { holdsUnstorableText } from "./text-rules.ts";

/** An operation that is right by itself. `hash` is the SHA-256 (hex) of everything in it but its own id. */
export type ParsedPut = {
	kind: "record.put";
	id: string;
	recordId: string;
	hash: string;
	targetId: string | null;
	recordKind: string;
	version: number;
	capturedAtMs: number;
	captureId: string | null;
	fields: Fields;
	/** Canonical JSON: keys sorted, nothing that the contract does not name. */
	fieldsJson: string;
	sourceJson: string;
	provenanceJson: string;
};

/** Takes a record away: from Sheaf alone, or back from where it went too. `version`: the highest that goes; null: any. */
export type ParsedRemoval = {
	kind: "record.delete" | "record.undo";
	id: string;
	recordId: string;
	hash: string;
	version: number | null;
};
export type ParsedOperation = ParsedPut | ParsedRemoval;

export type ParseResult = { ok: true; operation: ParsedOperation } | { ok: false; id: string; error: ErrorDetail };

const putCheck = TypeCompiler.Compile(RecordPutOperation);
const deleteCheck = TypeCompiler.Compile(RecordDeleteOperation);
const undoCheck = TypeCompiler.Compile(RecordUndoOperation);

/** 0001-01-01: PostgreSQL reads no year 0. */
const earliestMs = -62_135_596_800_000;

/** A field's name: what the pattern of the contract's record type cannot say (TypeBox drops it for keys). */
const fieldName = /^[^\p{Cc}\u2028\u2029]{1,128}$/u;

/** Checks one operation alone, so that a bad one is answered `rejected` and sinks no other (OUT-3). */
export function parseOperation(input: unknown): ParseResult {
	const sentKind = kindOf(input);
	const check = sentKind === "record.delete" ? deleteCheck : sentKind === "record.undo" ? undoCheck : putCheck;
	if (!check.Check(input)) {
		const first = check.Errors(input).First();
		const where = first === undefined || first.path === "" ? "The operation" : `"${first.path.slice(1)}"`;
		return rejected(input, "writes/operation-invalid", `${where} is not as described in /openapi.json.`);
	}
	const operation: Operation = input;
	if (operation.kind === "record.put") return parsePut(operation);
	const { id, kind, recordId, version = null } = operation;
	const verb = kind === "record.delete" ? "delete" : "undo";
	const content = version === null ? `${verb}\n${recordId}` : `${verb}\n${recordId}\n${version}`;
	return { ok: true, operation: { kind, id, recordId, hash: sha256(content), version } };
}

function parsePut(operation: PutOperation): ParseResult {
	const { id, targetId, record } = operation;
	const capturedAtMs = Date.parse(record.capturedAt);
	if (!(capturedAtMs >= earliestMs)) {
		return rejected(operation, "writes/operation-invalid", '"record/capturedAt" is not a time that exists.');
	}
	const fieldsJson = canonicalFields(record.fields);
	const sourceJson = JSON.stringify({ url: record.source.url, title: record.source.title });
	const provenanceJson = canonicalProvenance(record.provenance ?? {}, record.fields);
	const texts = [
		[fieldsJson, record.fields],
		[sourceJson, record.source],
		[provenanceJson, record.provenance],
	] as const;
	if (texts.some(([json, value]) => holdsUnstorableText(json, value))) {
		return rejected(operation, "writes/text-invalid", "A text holds a character that cannot be stored. Remove it.");
	}
	if (!Object.keys(record.fields).every((name) => fieldName.test(name))) {
		return rejected(operation, "writes/operation-invalid", "A field's name is empty, too long or not one line.");
	}
	if (texts.reduce((bytes, [json]) => bytes + Buffer.byteLength(json), 0) > maxRecordBytes) {
		const message = `The record is too large: at most ${maxRecordBytes / 1024} KiB. Shorten its longest field.`;
		return rejected(operation, "writes/record-too-large", message);
	}
	const capturedAt = new Date(capturedAtMs).toISOString();
	const parts = [targetId, record.id, record.kind, record.version, capturedAt, sourceJson, fieldsJson];
	if (record.captureId !== undefined) parts.push(record.captureId);
	if (record.provenance !== undefined) parts.push(provenanceJson);
	return {
		ok: true,
		operation: {
			kind: "record.put",
			id,
			recordId: record.id,
			hash: sha256(`put\n${parts.join("\n")}`),
			targetId,
			recordKind: record.kind,
			version: record.version,
			capturedAtMs,
			captureId: record.captureId ?? null,
			fields: record.fields,
			fieldsJson,
			sourceJson,
			provenanceJson,
		},
	};
}

/**
 * The same fields give the same text in whatever order a client wrote them. One call to the serialiser for all of them: one for
 * each was two thirds of what parsing cost.
 */
function canonicalFields(fields: Fields): string {
	// Without a prototype, because a field may be called `__proto__`.
	const sorted: Record<string, FieldValue> = Object.create(null);
	for (const name of Object.keys(fields).sort()) {
		const field = fields[name];
		if (field !== undefined) sorted[name] = canonicalValue(field);
	}
	return JSON.stringify(sorted);
}

function canonicalValue(field: FieldValue): FieldValue {
	if (field.type === "currency") {
		const { amount, currency } = field.value;
		return { type: field.type, value: { amount, currency } };
	}
	const { type, value } = field;
	return { type, value } as FieldValue;
}

/** In the order of the names, like the fields, and of nothing but them. */
function canonicalProvenance(provenance: Provenance, fields: Fields): string {
	const sorted: Record<string, FieldProvenance> = Object.create(null);
	for (const name of Object.keys(provenance).sort()) {
		const found = provenance[name];
		if (found === undefined || !Object.hasOwn(fields, name)) continue;
		const { from, path, confidence } = found;
		sorted[name] = path === undefined ? { from, confidence } : { from, path, confidence };
	}
	return JSON.stringify(sorted);
}

function kindOf(input: unknown): unknown {
	return typeof input === "object" && input !== null && "kind" in input ? input.kind : undefined;
}

/** The id as it was sent, so that the client finds its operation again; empty when there is none to read. */
function sentId(input: unknown): string {
	const id = typeof input === "object" && input !== null && "id" in input ? input.id : undefined;
	return typeof id === "string" && id.length <= 100 ? id : "";
}

function rejected(input: unknown, code: ErrorDetail["code"], message: string): ParseResult {
	return { ok: false, id: sentId(input), error: { code, message } };
}

function sha256(text: string): string {
	return hash("sha256", text, "hex");
}
