import { Type } from "@sinclair/typebox";

/** Any UUID in lower-case text form. */
export const Uuid = Type.String({
	pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
	description: "A UUID in lower case.",
});

/** A UUIDv7 (RFC 9562 §5.7): made by the client, ordered by time, and so a good idempotency key. */
export const UuidV7 = Type.String({
	pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
	description: "A UUIDv7 in lower case.",
});

/** An instant: RFC 3339 in UTC, as `Date.prototype.toISOString` writes it. */
export const Instant = Type.String({
	pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$",
	description: "An RFC 3339 instant in UTC.",
});
