import { type Static, Type } from "@sinclair/typebox";
import { TableField } from "./connections.ts";
import { RecordProblem } from "./errors.ts";
import { Fields, FieldType, FieldValue } from "./fields.ts";
import { Instant, Uuid } from "./ids.ts";
import { RecordSource } from "./records.ts";
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
	/** Holds records for review: nothing goes out before somebody has approved it. False when left out. */
	review: Type.Optional(Type.Boolean()),
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

/** What a form needs to know of a column: its input, its choices, and whether a row can do without it. */
export const TargetColumn = Type.Object({
	id: Type.String(),
	name: Type.String(),
	/** Sheaf's word (`TableField.type`). */
	type: Type.String(),
	/** The choices of a `select` or `multi_select`. */
	options: Type.Optional(Type.Array(Type.String())),
	/** A choice that is none of `options` is added there with the record that names it; else that record is refused. */
	takesNewOptions: Type.Optional(Type.Literal(true)),
	/** The highest value a rating takes. */
	max: Type.Optional(Type.Integer()),
	/** The table that a `link` column's rows are in, where the provider tells it. */
	linkedTableId: Type.Optional(Type.String()),
	/** No row goes out without it: it is in the match key, or the provider takes none. */
	required: Type.Optional(Type.Literal(true)),
});
export type TargetColumn = Static<typeof TargetColumn>;

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
	/** The mapped columns as discovery last saw them, in the table's order: what forms are drawn from, offline too. */
	columns: Type.Array(TargetColumn),
	status: Type.Union([Type.Literal("active"), Type.Literal("paused")]),
	/** Why it is paused when Sheaf paused it; null when the person did or it is active. */
	problem: Type.Union([RecordProblem, Type.Null()]),
	/** Everything that is not delivered. */
	/** When the access of its account ends unless somebody reconnects it; null while that is not near. */
	accessEndsAt: Type.Union([Instant, Type.Null()]),
	waiting: Type.Integer(),
	/** Those of `waiting` that wait for approval. */
	inReview: Type.Integer(),
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

/** `POST /api/v1/targets/suggest`: which captured field fits which column of a table, by name, type and what was captured last. */
export const TargetSuggest = Type.Object({
	connectionId: Uuid,
	tableId: Type.String({ minLength: 1, maxLength: 200 }),
	fields: Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 128 }), type: FieldType }), {
		minItems: 1,
		maxItems: 200,
	}),
	/** Values of these fields, from the last capture: a text that reads as a number, a date or an address fits such a column. */
	samples: Type.Optional(Fields),
});
export type TargetSuggest = Static<typeof TargetSuggest>;

/** Either may be empty: nothing fitted. Sending them back as they are makes a valid target when both are not. */
export const TargetSuggestion = Type.Object({
	mapping: Type.Array(MappingEntry),
	matchKey: Type.Array(Type.String()),
});
export type TargetSuggestion = Static<typeof TargetSuggestion>;

/**
 * `POST /api/v1/targets/preview`: what a mapping makes of one record, and what is wrong with it, against the table as it is now. Nothing is
 * written anywhere. A mapping that is not finished, or that could not be saved, is taken: its problems are the answer.
 */
export const TargetPreviewRequest = Type.Object({
	connectionId: Uuid,
	tableId: Type.String({ minLength: 1, maxLength: 200 }),
	containerId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	/** The target that is being edited: its columns as they were tell what a missing one was called and which ones have changed. */
	targetId: Type.Optional(Uuid),
	mapping: Type.Array(MappingEntry, { maxItems: 100 }),
	constants: Type.Optional(Type.Array(ConstantEntry, { maxItems: 100 })),
	matchKey: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 10 })),
	/** The record's; without a record the columns have no values and only the mapping is checked. */
	fields: Type.Optional(Fields),
	/** Where it came from. Nothing is mapped from it; it is taken so that a stored record can be sent as it is. */
	source: Type.Optional(RecordSource),
});
export type TargetPreviewRequest = Static<typeof TargetPreviewRequest>;

/** A column that the mapping or a constant fills, as its cell would be written. */
export const PreviewColumn = Type.Object({
	/** The column's id; what the mapping says where there is no such column. */
	to: Type.String(),
	name: Type.String(),
	/** Sheaf's word (`TableField.type`); `missing` where there is no such column. */
	type: Type.String(),
	/** As a person reads it; null: nothing would be written, or `problem` says why it cannot be. */
	value: Type.Union([Type.String(), Type.Null()]),
	problem: Type.Union([Type.Omit(RecordProblem, ["action"]), Type.Null()]),
});
export type PreviewColumn = Static<typeof PreviewColumn>;

/**
 * What keeps a mapping from working, whatever the record. Codes: `delivery/column-missing`, `targets/column-changed` (the column is of another
 * type than it was), `targets/mapping-invalid` (it cannot be filled), `delivery/option-missing` (a fixed value is no choice of the column),
 * `targets/transform-invalid`, `targets/constant-invalid`, `targets/match-key-invalid`.
 */
export const PreviewProblem = Type.Object({
	code: Type.String(),
	message: Type.String(),
	column: Type.Optional(Type.Object({ id: Type.Optional(Type.String()), name: Type.String() })),
	/** What mends it: make the column, lead the field to another one, or take it out of the mapping. */
	fix: Type.Optional(Type.Union([Type.Literal("create_column"), Type.Literal("map_other"), Type.Literal("remove")])),
	/** With `map_other`: the column that is likely meant. */
	suggested: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
	/** With `create_column`: what is to be made, as `POST /api/v1/targets/columns` takes it. */
	create: Type.Optional(Type.Object({ name: Type.String(), type: TableField.properties.type })),
	/** The entry of `mapping` it is about, counted from 0. */
	entry: Type.Optional(Type.Integer()),
	/** The step of that entry, counted from 0. */
	step: Type.Optional(Type.Integer()),
});
export type PreviewProblem = Static<typeof PreviewProblem>;

/** `columns` are in the table's order, those that are missing last. */
export const TargetPreview = Type.Object({
	columns: Type.Array(PreviewColumn),
	problems: Type.Array(PreviewProblem),
});
export type TargetPreview = Static<typeof TargetPreview>;

/** `POST /api/v1/targets/columns`: makes columns that the person agreed to. Done again it makes none twice. */
export const ColumnsCreate = Type.Object({
	connectionId: Uuid,
	tableId: Type.String({ minLength: 1, maxLength: 200 }),
	containerId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	columns: Type.Array(
		Type.Object({
			name: Type.String({ minLength: 1, maxLength: 200 }),
			type: TableField.properties.type,
			options: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 200 })),
		}),
		{ minItems: 1, maxItems: 50 },
	),
});
export type ColumnsCreate = Static<typeof ColumnsCreate>;

/** The columns as discovery gives them, in the order asked for. */
export const ColumnsCreated = Type.Object({ fields: Type.Array(TableField) });
export type ColumnsCreated = Static<typeof ColumnsCreated>;
