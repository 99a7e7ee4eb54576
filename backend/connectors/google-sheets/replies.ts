import { type Static, Type } from "@sinclair/typebox";

/** The parts of Google's replies that are used; anything more is let through, anything less is not believed. */
const Reason = Type.Object({ reason: Type.Optional(Type.String()) });

export const ErrorReply = Type.Object({
	error: Type.Object({
		status: Type.Optional(Type.String()),
		message: Type.Optional(Type.String()),
		details: Type.Optional(Type.Array(Reason)),
		errors: Type.Optional(Type.Array(Reason)),
	}),
});

export const UserInfoReply = Type.Object({ sub: Type.String({ minLength: 1 }), email: Type.Optional(Type.String()) });

export const FilesReply = Type.Object({
	nextPageToken: Type.Optional(Type.String()),
	files: Type.Array(
		Type.Object({
			id: Type.String(),
			name: Type.String(),
			capabilities: Type.Optional(Type.Object({ canEdit: Type.Optional(Type.Boolean()) })),
		}),
	),
});
export type FileEntry = Static<typeof FilesReply>["files"][number];

/** Zeroes, the first column among them, are left out of replies. */
const Index = Type.Optional(Type.Integer());

const TypedTable = Type.Object({
	tableId: Type.String(),
	range: Type.Object({ startRowIndex: Index, startColumnIndex: Index, endColumnIndex: Index }),
	columnProperties: Type.Optional(
		Type.Array(
			Type.Object({
				columnIndex: Index,
				columnType: Type.Optional(Type.String()),
				dataValidationRule: Type.Optional(
					Type.Object({
						condition: Type.Optional(
							Type.Object({
								values: Type.Optional(Type.Array(Type.Object({ userEnteredValue: Type.Optional(Type.String()) }))),
							}),
						),
					}),
				),
			}),
		),
	),
});
export type TypedTable = Static<typeof TypedTable>;

const SheetEntry = Type.Object({
	properties: Type.Object({
		sheetId: Type.Optional(Type.Integer()),
		title: Type.String(),
		sheetType: Type.Optional(Type.String()),
		hidden: Type.Optional(Type.Boolean()),
		gridProperties: Type.Optional(
			Type.Object({ rowCount: Type.Optional(Type.Integer()), columnCount: Type.Optional(Type.Integer()) }),
		),
	}),
	tables: Type.Optional(Type.Array(TypedTable)),
});
export type SheetEntry = Static<typeof SheetEntry>;

export const SpreadsheetReply = Type.Object({
	spreadsheetId: Type.String(),
	properties: Type.Object({ title: Type.String(), timeZone: Type.Optional(Type.String()) }),
	sheets: Type.Optional(Type.Array(SheetEntry)),
});

export type CellValue = string | number | boolean;

export const ValuesReply = Type.Object({
	valueRanges: Type.Optional(
		Type.Array(
			Type.Object({
				valueRange: Type.Object({
					values: Type.Optional(
						Type.Array(Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]))),
					),
				}),
				dataFilters: Type.Array(
					Type.Object({ gridRange: Type.Object({ sheetId: Index, startRowIndex: Index, startColumnIndex: Index }) }),
					{ minItems: 1 },
				),
			}),
		),
	),
});

/** Cut short it cannot be told from one for another request, so what it says is asked for. */
export const BatchReply = Type.Object({
	spreadsheetId: Type.String(),
	replies: Type.Optional(Type.Array(Type.Unknown())),
});
