import { type Static, Type } from "@sinclair/typebox";
import { Instant, Uuid } from "./ids.ts";
import { RecordView } from "./records.ts";

/** How a record stands: all of its view but what was captured, which may be long and seldom changes. */
export const RecordStanding = Type.Omit(RecordView, ["fields", "source", "provenance"]);
export type RecordStanding = Static<typeof RecordStanding>;

/** Lists that pages read whole: which of them to read again. */
export const LiveList = Type.Union([
	Type.Literal("connections"),
	Type.Literal("targets"),
	Type.Literal("bulk_operations"),
	Type.Literal("selections"),
]);
export type LiveList = Static<typeof LiveList>;

/** The data of the event `changes`: what is true now of whatever has changed, however often it did. */
export const LiveChanges = Type.Object({
	records: Type.Array(RecordStanding),
	/** Records that are not there any more, or not for this person. */
	gone: Type.Array(Uuid),
	/** A later server may name lists that a client does not know. */
	lists: Type.Array(Type.String()),
});
export type LiveChanges = Static<typeof LiveChanges>;

/** The data of the event `ready`. */
export const LiveReady = Type.Object({
	/** Whether changes may be followed as a shape from here on (`GET /api/v1/electric/shape?table=changes`), and this stream be left. */
	shapes: Type.Boolean(),
});
export type LiveReady = Static<typeof LiveReady>;

/**
 * Why a stream ends that the client did not leave. `token`: it ran out, come back with a fresh one. `standing`: signed out, removed or
 * given another role: ask who you are. `closing`: this process stops. `trouble`: something failed here, or the client read too slowly.
 */
export const LiveEnd = Type.Object({
	reason: Type.Union([
		Type.Literal("token"),
		Type.Literal("standing"),
		Type.Literal("closing"),
		Type.Literal("trouble"),
	]),
	/** How long to wait before coming back: another number for everyone, so that not all come at once. */
	retryAfterMs: Type.Integer({ minimum: 0 }),
});
export type LiveEnd = Static<typeof LiveEnd>;

/** `GET /api/v1/live`: server-sent events. `cursor` or the header `Last-Event-ID` is the id of the last event that was seen. */
export const LiveQuery = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 4_000 })) });

/** `POST /api/v1/replication/token`. */
export const ReplicationToken = Type.Object({
	/** For `shapeUrl` only, as a bearer token. */
	token: Type.String(),
	expiresAt: Instant,
	shapeUrl: Type.String(),
	/** What `table` may be. */
	tables: Type.Array(Type.String()),
});
export type ReplicationToken = Static<typeof ReplicationToken>;
