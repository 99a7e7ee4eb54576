import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

/** The parts of Notion's replies that are used; anything more is let through, anything less is not believed. */
const Id = Type.String({ minLength: 1 });
const RichText = Type.Array(Type.Object({ plain_text: Type.String() }));

export const MeReply = Type.Object({
	id: Id,
	name: Type.Optional(Type.Union([Type.String(), Type.Null()])),
	bot: Type.Optional(
		Type.Object({
			workspace_name: Type.Optional(Type.Union([Type.String(), Type.Null()])),
			workspace_id: Type.Optional(Type.String()),
		}),
	),
});

const Options = Type.Object({ options: Type.Optional(Type.Array(Type.Object({ name: Type.String() }))) });
export const PropertySchema = Type.Object({
	id: Type.String({ minLength: 1 }),
	name: Type.String(),
	type: Type.String(),
	number: Type.Optional(Type.Object({ format: Type.Optional(Type.String()) })),
	select: Type.Optional(Options),
	multi_select: Type.Optional(Options),
	status: Type.Optional(Options),
	/** Since 2025-09-03 it names the data source that is linked to. */
	relation: Type.Optional(Type.Object({ data_source_id: Type.Optional(Type.String()) })),
});
export type PropertySchema = Static<typeof PropertySchema>;

export const DataSourceReply = Type.Object({
	object: Type.Literal("data_source"),
	id: Id,
	title: RichText,
	parent: Type.Object({ database_id: Type.String() }),
	properties: Type.Record(Type.String(), PropertySchema),
	in_trash: Type.Optional(Type.Boolean()),
});
export type DataSourceReply = Static<typeof DataSourceReply>;

export const DatabaseReply = Type.Object({ id: Id, title: RichText });

/** `Item` is checked one by one by the caller where a page of results may hold things of several kinds. */
export const listOf = <Item extends TSchema>(item: Item) =>
	Type.Object({
		results: Type.Array(item),
		next_cursor: Type.Union([Type.String(), Type.Null()]),
		has_more: Type.Boolean(),
	});

export const SearchReply = listOf(Type.Object({ object: Type.String(), id: Id }));

/** A property's value; which further key it has hangs on `type`, so `cells.ts` looks for itself. */
export const PropertyValue = Type.Object({ id: Type.String(), type: Type.String() });
export type PropertyValue = Static<typeof PropertyValue>;

export const PageReply = Type.Object({
	object: Type.Literal("page"),
	id: Id,
	created_time: Type.String(),
	last_edited_time: Type.String(),
	last_edited_by: Type.Optional(Type.Object({ id: Type.String() })),
	in_trash: Type.Optional(Type.Boolean()),
	archived: Type.Optional(Type.Boolean()),
	parent: Type.Object({ data_source_id: Type.Optional(Type.String()) }),
	properties: Type.Record(Type.String(), PropertyValue),
});
export type PageReply = Static<typeof PageReply>;

export const QueryReply = Type.Object({
	results: Type.Array(PageReply),
	next_cursor: Type.Union([Type.String(), Type.Null()]),
	has_more: Type.Boolean(),
	request_status: Type.Optional(Type.Object({ type: Type.String() })),
});

export const PropertyItemsReply = listOf(PropertyValue);

export const BlocksReply = listOf(
	Type.Object({
		id: Id,
		created_by: Type.Optional(Type.Object({ id: Type.String() })),
		last_edited_by: Type.Optional(Type.Object({ id: Type.String() })),
	}),
);
export const AppendReply = Type.Object({ results: Type.Array(Type.Object({ id: Id })) });
export const BlockReply = Type.Object({ id: Id });

export const UploadReply = Type.Object({ id: Id, status: Type.String() });

const ErrorReply = Type.Object({
	code: Type.String(),
	message: Type.Optional(Type.String()),
});
const AdditionalData = Type.Object({
	rate_limit_reason: Type.Optional(Type.String()),
	retry_after: Type.Optional(Type.Number({ minimum: 0, maximum: 86_400 })),
	committed_resource_id: Type.Optional(Type.String({ minLength: 32 })),
	block_limit: Type.Optional(Type.Unknown()),
});
/** The OAuth endpoints' own envelope. */
const OAuthErrorReply = Type.Object({ error: Type.String(), error_description: Type.Optional(Type.String()) });

/** Notion's own code and words of an error; empty when the body is something else, such as a gateway's page. */
export function parseError(text: string): { code: string; said: string; data: Static<typeof AdditionalData> } {
	const value = parseJson(text);
	const data = Value.Check(Type.Object({ additional_data: AdditionalData }), value) ? value.additional_data : {};
	if (Value.Check(ErrorReply, value)) return { code: value.code, said: value.message ?? "", data };
	if (Value.Check(OAuthErrorReply, value)) return { code: value.error, said: value.error_description ?? "", data };
	return { code: "", said: "", data };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
