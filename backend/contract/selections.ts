import { type Static, Type } from "@sinclair/typebox";
import { RecordProblem } from "./errors.ts";
import { Fields } from "./fields.ts";
import { Instant, Uuid } from "./ids.ts";
import { SourceFilter, SourcePlace, SourceTotal } from "./sources.ts";
import { Schedule } from "./targets.ts";

/** `GET /api/v1/sources`: the connections that records can be picked from. */
export const SourceView = Type.Object({
	connectionId: Uuid,
	name: Type.String(),
	provider: Type.String(),
	providerTitle: Type.String(),
	/** What a person is advised to allow Sheaf there; null where there is nothing to say. */
	advice: Type.Union([Type.String(), Type.Null()]),
});
export type SourceView = Static<typeof SourceView>;
export const SourceList = Type.Object({ sources: Type.Array(SourceView) });
export type SourceList = Static<typeof SourceList>;

/** `POST /api/v1/sources/{connectionId}/rows`: a page of a table, asked of the provider now. */
export const SourceRowsQuery = Type.Object({
	place: SourcePlace,
	filter: Type.Optional(SourceFilter),
	search: Type.Optional(Type.String({ maxLength: 200 })),
	/** From the page before; left out: from the beginning. */
	cursor: Type.Optional(Type.String({ maxLength: 4_000 })),
	limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
	/** Says of each row whether it was picked into this target already. */
	targetId: Type.Optional(Uuid),
});
export type SourceRowsQuery = Static<typeof SourceRowsQuery>;

export const SourceRowsPage = Type.Object({
	rows: Type.Array(
		Type.Object({
			externalId: Type.String(),
			/** By column id; empty cells are absent. */
			fields: Fields,
			changedAt: Type.Union([Instant, Type.Null()]),
			/** Its record, where it was picked into the target that was named. */
			pickedAs: Type.Union([Uuid, Type.Null()]),
		}),
	),
	cursor: Type.Union([Type.String(), Type.Null()]),
	/** On the first page, where the provider says it. */
	total: Type.Union([SourceTotal, Type.Null()]),
	/** The next page is still being made there: ask for it after so long. */
	afterMs: Type.Union([Type.Integer(), Type.Null()]),
});
export type SourceRowsPage = Static<typeof SourceRowsPage>;

/** `all`: every row that matches, but for `rowIds`. `chosen`: `rowIds` alone. */
export const SelectionMode = Type.Union([Type.Literal("all"), Type.Literal("chosen")]);

export const SelectionFrequency = Type.Union([
	Type.Literal("manual"),
	Type.Literal("hourly"),
	Type.Literal("daily"),
	Type.Literal("weekly"),
	Type.Literal("cron"),
]);

const settings = {
	name: Type.String({ minLength: 1, maxLength: 80 }),
	filter: SourceFilter,
	search: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
	/** Ids of the columns that travel; null: all. At most 100 travel. */
	columns: Type.Union([Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 100 }), Type.Null()]),
	mode: SelectionMode,
	rowIds: Type.Array(Type.String({ minLength: 1, maxLength: 1_000 }), { maxItems: 5_000 }),
	/** Rows that are no longer there: `keep` says nothing of them, `tell` shows them as gone. Their records stay either way. */
	gone: Type.Union([Type.Literal("keep"), Type.Literal("tell")]),
	frequency: SelectionFrequency,
	/** Null for `manual`. */
	schedule: Type.Union([Schedule, Type.Null()]),
};

export const SelectionCreate = Type.Object({
	...Type.Partial(Type.Object(settings)).properties,
	name: settings.name,
	connectionId: Uuid,
	place: SourcePlace,
	/** What the table is called; its id when left out. */
	tableName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	targetId: Uuid,
});
export type SelectionCreate = Static<typeof SelectionCreate>;

export const SelectionPatch = Type.Partial(Type.Object({ ...settings, targetId: Uuid, paused: Type.Boolean() }));
export type SelectionPatch = Static<typeof SelectionPatch>;

/** `listed` rows were looked at; each of them is one of `added`, `changed`, `unchanged`, `failed`, or was not chosen. */
export const SelectionRun = Type.Object({
	id: Uuid,
	cause: Type.Union([Type.Literal("manual"), Type.Literal("schedule")]),
	status: Type.Union([Type.Literal("running"), Type.Literal("done"), Type.Literal("stopped"), Type.Literal("failed")]),
	/** As far as the source says it. */
	total: Type.Union([SourceTotal, Type.Null()]),
	listed: Type.Integer(),
	added: Type.Integer(),
	changed: Type.Integer(),
	unchanged: Type.Integer(),
	gone: Type.Integer(),
	failed: Type.Integer(),
	/** Why it waits, or why it ended before its end. */
	problem: Type.Union([RecordProblem, Type.Null()]),
	createdAt: Instant,
	finishedAt: Type.Union([Instant, Type.Null()]),
});
export type SelectionRun = Static<typeof SelectionRun>;

export const SelectionView = Type.Object({
	id: Uuid,
	...settings,
	connectionId: Uuid,
	provider: Type.String(),
	place: SourcePlace,
	tableName: Type.String(),
	/** Null: its target was deleted, and it is paused until it is given another one. */
	targetId: Type.Union([Uuid, Type.Null()]),
	paused: Type.Boolean(),
	/** Why it does not run by itself any more. */
	problem: Type.Union([RecordProblem, Type.Null()]),
	/** Its rows as they were seen last; `gone` is 0 where the selection does not tell. */
	rows: Type.Object({ present: Type.Integer(), gone: Type.Integer(), failed: Type.Integer() }),
	lastRun: Type.Union([SelectionRun, Type.Null()]),
	nextRunAt: Type.Union([Instant, Type.Null()]),
	createdAt: Instant,
	updatedAt: Instant,
});
export type SelectionView = Static<typeof SelectionView>;

export const SelectionList = Type.Object({ selections: Type.Array(SelectionView) });
export type SelectionList = Static<typeof SelectionList>;
/** The newest 20. */
export const SelectionRunList = Type.Object({ runs: Type.Array(SelectionRun) });
export type SelectionRunList = Static<typeof SelectionRunList>;

/** `GET /api/v1/selections/{id}/rows`: those that are gone at the source, or that could not be taken in, one by one. */
export const SelectionRowsQuery = Type.Object({
	/** `gone` when left out. */
	state: Type.Optional(Type.Union([Type.Literal("gone"), Type.Literal("failed")])),
	/** From the page before; left out: from the beginning. */
	cursor: Type.Optional(Type.String({ maxLength: 4_000 })),
	// A number and not an integer: Elysia reads digits in a query as numbers only where the schema says `number`.
	limit: Type.Optional(Type.Number({ minimum: 1, maximum: 100, multipleOf: 1 })),
});
export type SelectionRowsQuery = Static<typeof SelectionRowsQuery>;

export const SelectionRow = Type.Object({
	externalId: Type.String(),
	/** Empty where the row has no text. */
	title: Type.String(),
	/** Its record; null: there is none (yet). */
	recordId: Type.Union([Uuid, Type.Null()]),
	/** Its row at the destination, where the provider has a page for it. */
	remoteUrl: Type.Union([Type.String(), Type.Null()]),
	/** Why it could not be taken in. */
	problem: Type.Union([RecordProblem, Type.Null()]),
	/** When a run saw it last. */
	seenAt: Instant,
});
export type SelectionRow = Static<typeof SelectionRow>;

/** In the order of the source's ids. */
export const SelectionRowPage = Type.Object({
	rows: Type.Array(SelectionRow),
	nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type SelectionRowPage = Static<typeof SelectionRowPage>;

/** `POST /api/v1/selections/{id}/rows/keep`: rows that are gone at the source stay at the destination and are not told of any more. */
export const SelectionRowsKeep = Type.Object({
	externalIds: Type.Array(Type.String({ minLength: 1, maxLength: 1_000 }), { minItems: 1, maxItems: 100 }),
});
export type SelectionRowsKeep = Static<typeof SelectionRowsKeep>;
export const SelectionRowsKept = Type.Object({ kept: Type.Integer() });
