import { type Static, Type } from "@sinclair/typebox";
import { FieldType } from "./fields.ts";
import { Instant, Uuid, UuidV7 } from "./ids.ts";
import { RecordKind } from "./records.ts";
import { NumberStep, SplitStep, TrimStep, UrlStep } from "./transforms.ts";

/** The steps of a mapping that need no pattern: they are done on the page, where a slow one would hold it up. */
export const RecipeStep = Type.Union([TrimStep, NumberStep, SplitStep, UrlStep]);
export type RecipeStep = Static<typeof RecipeStep>;

/**
 * Where one field is on the site's pages. `selectors` are tried in order, the first that finds something counts: CSS, or `label=Price` for
 * what stands beside those words. Data and nothing else: no script and no expression is ever run (the stores' policies).
 */
export const RecipeField = Type.Object({
	/** As in a record: a word of the vocabulary, or the person's own. */
	name: Type.String({ minLength: 1, maxLength: 128 }),
	type: FieldType,
	selectors: Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { minItems: 1, maxItems: 10 }),
	/** The attribute that holds the value; without one it is the element's text, or the address where the type is one. */
	attribute: Type.Optional(Type.String({ pattern: "^[A-Za-z_][A-Za-z0-9_.:-]{0,79}$" })),
	/** Every element that the selector finds, and not the first only: with the type `list` one entry each, else joined by line ends. */
	many: Type.Optional(Type.Boolean()),
	transforms: Type.Optional(Type.Array(RecipeStep, { minItems: 1, maxItems: 10 })),
});
export type RecipeField = Static<typeof RecipeField>;

/**
 * What a person knows of a site's pages, as data: also the content of the file that recipes are shared by. As a whole at most 16384 bytes of
 * JSON; above that it is `request/too-large`.
 */
export const RecipeSettings = Type.Object({
	name: Type.String({ minLength: 1, maxLength: 80 }),
	/** A host name in small letters; `*.` in front stands for the host and everything below it. */
	host: Type.String({ pattern: "^(\\*\\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$" }),
	/** The path of its pages, without query; `*` stands for any run of characters. */
	path: Type.String({ pattern: "^/[^\\s?#]{0,499}$" }),
	kind: RecordKind,
	fields: Type.Array(RecipeField, { minItems: 1, maxItems: 60 }),
});
export type RecipeSettings = Static<typeof RecipeSettings>;

/** `POST /api/v1/recipes`. The client makes the id: sent again, the recipe is made once. */
export const RecipeCreate = Type.Object({ id: UuidV7, recipe: RecipeSettings });
export type RecipeCreate = Static<typeof RecipeCreate>;

/** `PATCH /api/v1/recipes/{id}`: the recipe as it is from now on. `basedOn`: the version that was changed. */
export const RecipeChange = Type.Object({ basedOn: Type.Integer({ minimum: 1 }), recipe: RecipeSettings });
export type RecipeChange = Static<typeof RecipeChange>;

/** `POST /api/v1/recipes/{id}/restore`: that version's content as a new one; also what brings a deleted recipe back, for 30 days. */
export const RecipeRestore = Type.Object({ version: Type.Integer({ minimum: 1 }) });
export type RecipeRestore = Static<typeof RecipeRestore>;

export const RecipeView = Type.Object({
	id: Uuid,
	/** Counts from 1; every change is a new one. */
	version: Type.Integer(),
	recipe: RecipeSettings,
	createdAt: Instant,
	updatedAt: Instant,
});
export type RecipeView = Static<typeof RecipeView>;

/** `GET /api/v1/recipes`: the workspace's, by name. */
export const RecipeList = Type.Object({ recipes: Type.Array(RecipeView) });
export type RecipeList = Static<typeof RecipeList>;

export const RecipeVersion = Type.Object({
	version: Type.Integer(),
	recipe: RecipeSettings,
	/** The version that it brought back, or null. */
	restoredFrom: Type.Union([Type.Integer(), Type.Null()]),
	savedAt: Instant,
});
export type RecipeVersion = Static<typeof RecipeVersion>;

/** `GET /api/v1/recipes/{id}/versions`: the newest first, the last 100. */
export const RecipeVersions = Type.Object({ versions: Type.Array(RecipeVersion) });
export type RecipeVersions = Static<typeof RecipeVersions>;
