import { randomUUID } from "node:crypto";
import type { Reply } from "../../airtable/simulator/replies.ts";

export type { Reply };

export function ok(json: Record<string, unknown>): Reply {
	return { status: 200, body: { json: { ...json, request_id: randomUUID() } } };
}

/** Notion's one envelope. */
export function failure(status: number, code: string, message: string): Reply {
	return { status, body: { json: { object: "error", status, code, message, request_id: randomUUID() } } };
}

export function throttled(seconds: number): Reply {
	const data = { rate_limit_reason: "public_api_request_rate_limit", retry_after: seconds };
	const told = { object: "error", status: 429, code: "rate_limited", message: "You have been rate limited." };
	const json = { ...told, additional_data: data, request_id: randomUUID() };
	return { status: 429, headers: { "retry-after": String(seconds) }, body: { json } };
}

/** The token endpoint's, as OAuth has it. */
export function oauthFailure(status: number, error: string): Reply {
	return { status, body: { json: { error, error_description: error.replaceAll("_", " "), request_id: randomUUID() } } };
}

/** Ends the handling of a request with this reply; caught in one place (`routes.ts`). */
export class Refusal extends Error {
	readonly reply: Reply;

	constructor(reply: Reply) {
		super(`refused with ${reply.status}`);
		this.reply = reply;
	}
}

export function refuse(status: number, code: string, message: string): never {
	throw new Refusal(failure(status, code, message));
}

export function invalid(message: string): never {
	return refuse(400, "validation_error", message);
}

export function notFound(kind: string, id: string): never {
	return refuse(
		404,
		"object_not_found",
		`Could not find ${kind} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration.`,
	);
}

/** One page of a list in Notion's envelope; cursors look like ids. */
export function listReply(
	all: readonly unknown[],
	asked: { start_cursor?: unknown; page_size?: unknown },
	more: Record<string, unknown> = {},
): Record<string, unknown> {
	const size = asked.page_size === undefined ? 100 : Number(asked.page_size);
	if (!Number.isInteger(size) || size < 1 || size > 100)
		invalid("body failed validation: body.page_size should be ≤ `100`.");
	const start = asked.start_cursor === undefined || asked.start_cursor === null ? 0 : offsetOf(asked.start_cursor);
	const end = start + size;
	const hasMore = end < all.length;
	const next = hasMore ? `00000000-0000-4000-8000-${String(end).padStart(12, "0")}` : null;
	return { object: "list", results: all.slice(start, end), next_cursor: next, has_more: hasMore, ...more };
}

function offsetOf(cursor: unknown): number {
	const digits = /^00000000-0000-4000-8000-(\d{12})$/.exec(String(cursor))?.[1];
	return digits === undefined ? invalid("The start_cursor provided is invalid.") : Number(digits);
}
