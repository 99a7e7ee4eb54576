import { type Static, Type } from "@sinclair/typebox";
import { RecordProblem } from "./errors.ts";
import { Instant, Uuid } from "./ids.ts";

/** What is told to whoever asked (SYNC-7). */
export const EventType = Type.Union([
	Type.Literal("record.delivered"),
	Type.Literal("record.needs_you"),
	Type.Literal("connection.expiring"),
	Type.Literal("connection.needs_attention"),
	Type.Literal("connection.recovered"),
]);
export type EventType = Static<typeof EventType>;

const EventTypes = Type.Array(EventType, { minItems: 1, maxItems: 5, uniqueItems: true });

/** `POST /api/v1/event-hooks`: an https address that hears of events, signed per Standard Webhooks. */
export const EventHookCreate = Type.Object({
	url: Type.String({ minLength: 1, maxLength: 2_000 }),
	events: EventTypes,
	/** Only the records of this target. */
	targetId: Type.Optional(Uuid),
});
export type EventHookCreate = Static<typeof EventHookCreate>;

export const EventHookPatch = Type.Object({
	events: Type.Optional(EventTypes),
	/** Paused, nothing new is kept for it; what waited already goes out once it is active again. */
	status: Type.Optional(Type.Union([Type.Literal("active"), Type.Literal("paused")])),
});
export type EventHookPatch = Static<typeof EventHookPatch>;

export const EventHookView = Type.Object({
	id: Uuid,
	kind: Type.Union([Type.Literal("webhook"), Type.Literal("zapier")]),
	/** The address without what may be a secret: its host, and for a webhook its path. */
	shown: Type.String(),
	events: Type.Array(EventType),
	targetId: Type.Union([Uuid, Type.Null()]),
	status: Type.Union([Type.Literal("active"), Type.Literal("paused")]),
	/** Why Sheaf paused it; null when the person did or it is active. */
	problem: Type.Union([RecordProblem, Type.Null()]),
	/** Events that are still to be delivered. */
	waiting: Type.Integer(),
	lastDeliveredAt: Type.Union([Instant, Type.Null()]),
	createdAt: Instant,
});
export type EventHookView = Static<typeof EventHookView>;

export const EventHookList = Type.Object({ hooks: Type.Array(EventHookView) });
export type EventHookList = Static<typeof EventHookList>;

/** The answer to creating: the only one that ever has the secret. */
export const EventHookCreated = Type.Composite([EventHookView, Type.Object({ secret: Type.String() })]);
export type EventHookCreated = Static<typeof EventHookCreated>;

/** `POST /api/v1/event-hooks/{id}/test`: whether a made-up event was taken, in words if it was not. */
export const EventHookTried = Type.Object({
	delivered: Type.Boolean(),
	message: Type.Union([Type.String(), Type.Null()]),
});
export type EventHookTried = Static<typeof EventHookTried>;

/** `POST /api/v1/zapier/hooks`, as a Zapier app subscribes. Without `event`: `record.delivered`. */
export const ZapierHookCreate = Type.Object({
	targetUrl: Type.String({ minLength: 1, maxLength: 2_000 }),
	event: Type.Optional(EventType),
});
export type ZapierHookCreate = Static<typeof ZapierHookCreate>;

/** Kept whole by Zapier, which sends the id back to unsubscribe. */
export const ZapierHook = Type.Object({ id: Uuid, event: EventType });
export type ZapierHook = Static<typeof ZapierHook>;

/** One event as a Zap gets it: flat, with an id that is the same in every repetition. */
export const ZapierEvent = Type.Record(
	Type.String(),
	Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
);
export type ZapierEvent = Static<typeof ZapierEvent>;

/** `POST /api/v1/targets/{id}/trigger`: the only answer that ever has the secret. A second call makes both anew. */
export const TriggerCreated = Type.Object({ url: Type.String(), secret: Type.String() });
export type TriggerCreated = Static<typeof TriggerCreated>;

/** `GET /api/v1/targets/{id}/trigger`: where it is started from outside; null without such an address. Never with the secret. */
export const TriggerView = Type.Object({
	trigger: Type.Union([
		Type.Object({ url: Type.String(), lastUsedAt: Type.Union([Instant, Type.Null()]) }),
		Type.Null(),
	]),
});
export type TriggerView = Static<typeof TriggerView>;

/** `POST /triggers/{workspaceId}/{publicId}`: how many waiting records the run took on. */
export const TriggerTaken = Type.Object({ queued: Type.Integer() });
export type TriggerTaken = Static<typeof TriggerTaken>;
