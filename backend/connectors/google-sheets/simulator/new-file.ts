import { Type } from "@sinclair/typebox";
import { parsed } from "./call.ts";
import { cellOf, Rows } from "./cell-data.ts";
import { growSpreadsheet, type Spreadsheet } from "./state.ts";

const Titled = Type.Optional(Type.Object({ title: Type.Optional(Type.String()) }));

const NewFile = Type.Object({
	properties: Titled,
	sheets: Type.Optional(
		Type.Array(
			Type.Object({
				properties: Titled,
				data: Type.Optional(Type.Array(Type.Object({ rowData: Type.Optional(Rows) }))),
			}),
		),
	),
});

/** `POST /v4/spreadsheets`: the file as asked for, with one tab when none was named. */
export function newFile(id: string, body: unknown): Spreadsheet {
	const { properties, sheets = [{}] } = parsed(NewFile, body);
	return growSpreadsheet({
		id,
		title: properties?.title ?? "Untitled spreadsheet",
		sheets: sheets.map((sheet, sheetId) => ({
			sheetId,
			title: sheet.properties?.title ?? `Sheet${sheetId + 1}`,
			cells: (sheet.data?.[0]?.rowData ?? []).map(({ values = [] }) =>
				values.map((cell) => cellOf(cell.userEnteredValue)),
			),
		})),
	});
}
