import { describe, expect, test } from "bun:test";
import type { HttpResponse } from "../connector.ts";
import { guardReasons } from "../http.ts";
import { type Trouble, troubleOf } from "./errors.ts";

const now = Date.parse("2026-01-02T03:04:05Z");

function answered(status: number, body: unknown = "", headers: Record<string, string> = {}): HttpResponse {
	return {
		kind: "answered",
		status,
		headers: new Headers(headers),
		text: typeof body === "string" ? body : JSON.stringify(body),
	};
}
const typed = (type: string, message = "said") => ({ error: { type, message } });

const table: [name: string, response: HttpResponse, trouble: Trouble][] = [
	["401", answered(401, typed("AUTHENTICATION_REQUIRED")), { kind: "credential" }],
	["401 with a page", answered(401, "<html>"), { kind: "credential" }],
	["403 for a base", answered(403, typed("INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND")), { kind: "permission" }],
	["403 for a deed", answered(403, typed("INVALID_PERMISSIONS")), { kind: "permission" }],
	["403 for a new choice", answered(403, typed("INVALID_MULTIPLE_CHOICE_OPTIONS")), { kind: "option" }],
	["404, short envelope", answered(404, { error: "NOT_FOUND" }), { kind: "table_missing" }],
	["404 for a table", answered(404, typed("TABLE_NOT_FOUND")), { kind: "table_missing" }],
	["413", answered(413, "<html>"), { kind: "too_large" }],
	["422 for a column", answered(422, typed("UNKNOWN_FIELD_NAME")), { kind: "column_missing" }],
	["422 for a value", answered(422, typed("INVALID_VALUE_FOR_COLUMN")), { kind: "value", said: "said" }],
	["422 for a file", answered(422, typed("INVALID_ATTACHMENT_OBJECT")), { kind: "value", said: "said" }],
	["422 for a row that is gone", answered(422, typed("ROW_DOES_NOT_EXIST")), { kind: "row_missing", said: "said" }],
	["422 for a listing forgotten", answered(422, typed("LIST_RECORDS_ITERATOR_NOT_AVAILABLE")), { kind: "place_lost" }],
	["422 for a formula", answered(422, typed("INVALID_FILTER_BY_FORMULA")), { kind: "column_missing" }],
	["422 for a choice", answered(422, typed("INVALID_MULTIPLE_CHOICE_OPTIONS")), { kind: "option" }],
	["422 for two matches", answered(422, typed("INVALID_RECORDS")), { kind: "ambiguous" }],
	["422 of another kind", answered(422, typed("FAILED_STATE_CHECK")), { kind: "refused", said: "said" }],
	["422 of no kind", answered(422, "nonsense"), { kind: "refused", said: "" }],
	["400", answered(400, "{}"), { kind: "refused", said: "" }],
	["409", answered(409, "{}"), { kind: "provider", afterMs: 2_000 }],
	["429", answered(429, typed("RATE_LIMIT_REACHED")), { kind: "busy", afterMs: 30_000 }],
	[
		"429 in the older envelope",
		answered(429, { errors: [{ error: "RATE_LIMIT_REACHED" }] }),
		{ kind: "busy", afterMs: 30_000 },
	],
	["429 with seconds", answered(429, "", { "retry-after": "7" }), { kind: "busy", afterMs: 7_000 }],
	[
		"429 with a date",
		answered(429, "", { "retry-after": "Fri, 02 Jan 2026 03:05:05 GMT" }),
		{ kind: "busy", afterMs: 60_000 },
	],
	["429 with nonsense", answered(429, "", { "retry-after": "soon" }), { kind: "busy", afterMs: 30_000 }],
	["429 with a year", answered(429, "", { "retry-after": "31536000" }), { kind: "busy", afterMs: 86_400_000 }],
	[
		"429 for the month",
		answered(429, typed("PUBLIC_API_BILLING_LIMIT_EXCEEDED")),
		{ kind: "quota", afterMs: 21_600_000 },
	],
	["500", answered(500, typed("SERVER_ERROR")), { kind: "provider", afterMs: 2_000 }],
	["502 with a page", answered(502, "<html>"), { kind: "provider", afterMs: 2_000 }],
	["503 with seconds", answered(503, "", { "retry-after": "3" }), { kind: "provider", afterMs: 3_000 }],
	["200 that cannot be read", answered(200, '{"records":['), { kind: "provider", afterMs: 2_000 }],
	["no answer in time", { kind: "unanswered", reason: "timeout" }, { kind: "unreachable", afterMs: 2_000 }],
	["cut off", { kind: "unanswered", reason: "dropped" }, { kind: "unreachable", afterMs: 2_000 }],
	["not there", { kind: "unanswered", reason: "unreachable" }, { kind: "unreachable", afterMs: 2_000 }],
	["given up by us", { kind: "unanswered", reason: "aborted" }, { kind: "unreachable", afterMs: 0 }],
	["a private address", { kind: "forbidden", reason: guardReasons.private }, { kind: "guarded", afterMs: 300_000 }],
	["a reply too large", { kind: "forbidden", reason: guardReasons.tooLarge }, { kind: "too_large" }],
];

describe("SYNC-4: what each answer means", () => {
	test.each(table)("%s", (_name, response, trouble) => {
		expect(troubleOf(response, now)).toEqual(trouble);
	});
});
