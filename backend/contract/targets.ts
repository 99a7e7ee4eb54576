import { type Static, Type } from "@sinclair/typebox";
import { RecordProblem } from "./errors.ts";
import { FieldType, FieldValue } from "./fields.ts";
import { Instant, Uuid } from "./ids.ts";
import { Transform } from "./transforms.ts";

/**
 * One captured field into one column. `to` is the column's id at the provider: names change, ids do not. A name is taken
 * too and saved as the id. Where several entries lead to one column, the first that has a value fills it.
 */
export const MappingEntry = Type.Object({
	from: Type.String({ minLength: 1, maxLength: 128 }),
	to: Type.String({ minLength: 1, maxLength: 200 }),
	transform: Type.Optional(Type.Union([Transform, Type.Literal("none")])),
});
export type MappingEntry = Static<typeof MappingEntry>;

/** The same value into one column of every row. A captured value that is mapped to the column as well goes before it. */
export const ConstantEntry = Type.Object({ to: Type.String({ minLength: 1, maxLength: 200 }), value: FieldValue });
export type ConstantEntry = Static<typeof ConstantEntry>;

/** When waiting records go out (SYNC-2). `hourly`, `daily`, `weekly` and `cron` follow `schedule`. */
export const Frequency = Type.Union([
	Type.Literal("on_capture"),
	Type.Literal("manual"),
	Type.Literal("hourly"),
	Type.Literal("daily"),
	Type.Literal("weekly"),
	Type.Literal("cron"),
]);
export type Frequency = Static<typeof Frequency>;

/**
 * `cron` holds five fields (minute to day of week) for the frequency `cron`; the others take `at` (`HH:MM`; for `hourly` its minutes
 * count) and `weekday` (0 Sunday to 6, for `weekly`). `timeZone` is an IANA name.
 */
export const Schedule = Type.Object({
	timeZone: Type.String({ minLength: 1, maxLength: 60 }),
	at: Type.Optional(Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" })),
	weekday: Type.Optional(Type.Integer({ minimum: 0, maximum: 6 })),
	cron: Type.Optional(Type.String({ minLength: 9, maxLength: 100 })),
});
export type Schedule = Static<typeof Schedule>;

/**
 * What happens to a cell that is not empty there (SYNC-5). `overwrite`: ours. `fill_empty` and `keep_remote`: theirs (`keep_remote` fills no
 * empty cell of a row that is there already either). `newest_wins`: whichever was changed last. `ask`: the person, who is shown both.
 */
export const ConflictPolicy = Type.Union([
	Type.Literal("overwrite"),
	Type.Literal("fill_empty"),
	Type.Literal("keep_remote"),
	Type.Literal("newest_wins"),
	Type.Literal("ask"),
]);
export type ConflictPolicy = Static<typeof ConflictPolicy>;

const targetSettings = {
	name: Type.String({ minLength: 1, maxLength: 80 }),
	mapping: Type.Array(MappingEntry, { minItems: 1, maxItems: 100 }),
	/**
	 * One to three columns, each also in `mapping`, that tell whether a row is already there. Answered as column ids; a
	 * column's name or the name of a field mapped to it is taken too.
	 */
	matchKey: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 3 }),
	frequency: Frequency,
	/** Null for `on_capture` and `manual`. */
	schedule: Type.Optional(Type.Union([Schedule, Type.Null()])),
	conflictPolicy: ConflictPolicy,
	/** Column id → the policy of that column, where it is another one than the target's. */
	fieldPolicies: Type.Optional(Type.Record(Type.String({ maxLength: 200 }), ConflictPolicy, { maxProperties: 100 })),
	constants: Type.Optional(Type.Array(ConstantEntry, { maxItems: 100 })),
};

export const TargetCreate = Type.Object({
	...targetSettings,
	connectionId: Uuid,
	tableId: Type.String({ minLength: 1, maxLength: 200 }),
	/** The table's container (its base), as discovery gave it. Found by the backend when left out. */
	containerId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
export type TargetCreate = Static<typeof TargetCreate>;

export const TargetPatch = Type.Partial(Type.Object({ ...targetSettings, paused: Type.Boolean() }));
export type TargetPatch = Static<typeof TargetPatch>;

export const TargetView = Type.Object({
	id: Uuid,
	...targetSettings,
	connectionId: Uuid,
	provider: Type.String(),
	/** What the UI calls the destination: "In Airtable ↗". */
	providerTitle: Type.String(),
	tableId: Type.String(),
	tableName: Type.String(),
	containerId: Type.String(),
	containerName: Type.String(),
	/** The mapped columns as discovery last saw them, for typed inputs and labels. */
	columns: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), type: Type.String() })),
	status: Type.Union([Type.Literal("active"), Type.Literal("paused")]),
	/** Why it is paused when Sheaf paused it; null when the person did or it is active. */
	problem: Type.Union([RecordProblem, Type.Null()]),
	waiting: Type.Integer(),
	/** The next run of its schedule. */
	nextRunAt: Type.Union([Instant, Type.Null()]),
	lastRunAt: Type.Union([Instant, Type.Null()]),
	createdAt: Instant,
	updatedAt: Instant,
});
export type TargetView = Static<typeof TargetView>;

export const TargetList = Type.Object({ targets: Type.Array(TargetView) });
export type TargetList = Static<typeof TargetList>;

/** `POST /api/v1/targets/{id}/runs`: how many waiting records the run took on. */
export const RunStarted = Type.Object({ queued: Type.Integer() });
export type RunStarted = Static<typeof RunStarted>;

/** `POST /api/v1/targets/suggest`: which captured field fits which column of a table, by name and type. */
export const TargetSuggest = Type.Object({
	connectionId: Uuid,
	tableId: Type.String({ minLength: 1, maxLength: 200 }),
	fields: Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }), type: FieldType }), {
		minItems: 1,
		maxItems: 200,
	}),
});
export type TargetSuggest = Static<typeof TargetSuggest>;

/** Either may be empty: nothing fitted. Sending them back as they are makes a valid target when both are not. */
export const TargetSuggestion = Type.Object({
	mapping: Type.Array(MappingEntry),
	matchKey: Type.Array(Type.String()),
});
export type TargetSuggestion = Static<typeof TargetSuggestion>;
