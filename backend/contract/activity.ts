import { type Static, Type } from "@sinclair/typebox";
import { Instant, Uuid } from "./ids.ts";

/** What an entry is about. */
export const ActivitySubject = Type.Union([
	Type.Literal("record"),
	Type.Literal("connection"),
	Type.Literal("target"),
	Type.Literal("recipe"),
	Type.Literal("member"),
	Type.Literal("invite"),
	Type.Literal("workspace"),
]);
export type ActivitySubject = Static<typeof ActivitySubject>;

/** One change that was accepted, once (promise I8). */
export const ActivityEntry = Type.Object({
	id: Uuid,
	at: Instant,
	/** `<subject>.<what>`: `target.update`, `record.put`. New ones come with time. */
	action: Type.String(),
	subject: Type.Object({
		type: Type.String(),
		id: Uuid,
		/** What people call it now; null when it is gone. */
		name: Type.Union([Type.String(), Type.Null()]),
	}),
	/** Null: Sheaf did it by itself. `name` null: they are no member any more. */
	who: Type.Union([Type.Object({ userId: Uuid, name: Type.Union([Type.String(), Type.Null()]) }), Type.Null()]),
	/** The device it was done on, where its session is still known. */
	device: Type.Union([Type.String(), Type.Null()]),
	outcome: Type.String(),
});
export type ActivityEntry = Static<typeof ActivityEntry>;

/** `GET /api/v1/activity`: the newest first. `about` is one kind of subject, `subjectId` one of them. */
export const ActivityQuery = Type.Object({
	about: Type.Optional(ActivitySubject),
	subjectId: Type.Optional(Uuid),
	cursor: Type.Optional(Type.String({ maxLength: 100 })),
	limit: Type.Optional(Type.Number({ minimum: 1, maximum: 200, multipleOf: 1, default: 50 })),
});
export type ActivityQuery = Static<typeof ActivityQuery>;

export const ActivityPage = Type.Object({
	entries: Type.Array(ActivityEntry),
	/** Opaque. */
	nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type ActivityPage = Static<typeof ActivityPage>;

/** `GET /api/v1/analytics`: whole days of `timeZone`, today being the last. */
export const AnalyticsQuery = Type.Object({
	days: Type.Optional(Type.Number({ minimum: 1, maximum: 366, multipleOf: 1, default: 30 })),
	timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64, default: "UTC" })),
	targetId: Type.Optional(Uuid),
});
export type AnalyticsQuery = Static<typeof AnalyticsQuery>;

/** Milliseconds from when a delivery was due until the destination had it; null when nothing was delivered. */
const Wait = Type.Union([Type.Integer(), Type.Null()]);

const counts = {
	delivered: Type.Integer(),
	/** Ended with the person: `needs_you`. */
	refused: Type.Integer(),
	/** Attempts that failed and were made again. */
	retried: Type.Integer(),
	medianWaitMs: Wait,
	p95WaitMs: Wait,
};

export const Analytics = Type.Object({
	/** Every day of the range, also those without a delivery. `day` is `YYYY-MM-DD`. */
	days: Type.Array(Type.Object({ day: Type.String(), ...counts })),
	/** `successRate`: delivered over delivered and refused, 0 to 1; null when there was neither. */
	total: Type.Object({ ...counts, successRate: Type.Union([Type.Number(), Type.Null()]) }),
	/** Why attempts failed, the most frequent first. */
	problems: Type.Array(Type.Object({ code: Type.String(), attempts: Type.Integer() })),
});
export type Analytics = Static<typeof Analytics>;
