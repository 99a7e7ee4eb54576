import type { Call } from "./call.ts";
import { createField } from "./create-field.ts";
import { properties } from "./json-values.ts";
import { listBases, listTables, whoAmI } from "./meta.ts";
import { getRow, listRows } from "./read-rows.ts";
import { notFound, Refusal, type Reply } from "./replies.ts";
import { uploadAttachment } from "./upload-attachment.ts";
import { upsertRows } from "./upsert-rows.ts";
import { webhookHandler } from "./webhook-calls.ts";
import { createRows, deleteRow, deleteRows, updateRow, updateRows } from "./write-rows.ts";

type Handler = (call: Call) => Reply;

/** Answers one call that was let in. Nothing here waits, so each call is applied whole or not at all. */
export function answer(call: Call): Reply {
	try {
		return (handlerOf(call) ?? notFound)(call);
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

/** The base a path names, for the rate that is counted per base; null for calls that concern no base. */
export function baseIdIn(segments: readonly string[]): string | null {
	if (segments[0] === "meta") return segments[1] === "bases" ? (segments[2] ?? null) : null;
	return segments[0] === "bases" ? (segments[1] ?? null) : (segments[0] ?? null);
}

function handlerOf(call: Call): Handler | null {
	const { method, segments, body } = call;
	const [first, second, third] = segments;
	if (first === "meta") return metaHandler(method, segments);
	if (first === "bases") return webhookHandler(call);
	if (segments.length === 2) return tableHandler(method, properties(body).performUpsert !== undefined);
	if (segments.length === 4) return method === "POST" && segments[3] === "uploadAttachment" ? uploadAttachment : null;
	if (segments.length !== 3 || second === undefined || third === undefined) return null;
	if (third === "listRecords") return method === "POST" ? listRows : null;
	return rowHandlers[method] ?? null;
}

function metaHandler(method: string, segments: readonly string[]): Handler | null {
	if (method === "POST" && segments[1] === "bases" && segments[3] === "tables" && segments[5] === "fields") {
		return segments.length === 6 ? createField : null;
	}
	if (method !== "GET") return null;
	if (segments[1] === "whoami" && segments.length === 2) return whoAmI;
	if (segments[1] !== "bases") return null;
	if (segments.length === 2) return listBases;
	return segments.length === 4 && segments[3] === "tables" ? listTables : null;
}

function tableHandler(method: string, upserts: boolean): Handler | null {
	if (upserts && (method === "PATCH" || method === "PUT")) return upsertRows;
	return tableHandlers[method] ?? null;
}

const tableHandlers: Readonly<Record<string, Handler>> = {
	GET: listRows,
	POST: createRows,
	PATCH: updateRows,
	PUT: updateRows,
	DELETE: deleteRows,
};

const rowHandlers: Readonly<Record<string, Handler>> = {
	GET: getRow,
	PATCH: updateRow,
	PUT: updateRow,
	DELETE: deleteRow,
};
