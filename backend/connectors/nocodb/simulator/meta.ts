import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import { failure } from "./replies.ts";
import { type Base, type Column, type Table, type World } from "./state.ts";

/** A column as the server writes it; what it writes besides is not used by anyone here. */
function columnJson({ choices, ...column }: Column) {
	const options = choices?.map((title, index) => ({
		id: `s${column.id}${index}`,
		title,
		color: "#cfdffe",
		order: index + 1,
	}));
	return {
		...column,
		column_name: column.title.toLowerCase(),
		pk: column.pk === true,
		pv: column.pv ?? null,
		system: column.system ?? null,
		...(options === undefined ? {} : { colOptions: { options } }),
	};
}

export function listBases({ bases }: World): SimulatedReply {
	return { status: 200, body: { list: bases.map(({ id, title }) => ({ id, title })), pageInfo: { isLastPage: true } } };
}

export function listTables({ tables }: Base): SimulatedReply {
	return { status: 200, body: { list: tables.map(({ id, title }) => ({ id, title, type: "table" })) } };
}

export function showTable(table: Table): SimulatedReply {
	const { id, title } = table;
	return { status: 200, body: { id, title, type: "table", columns: table.columns.map(columnJson) } };
}

type Options = { colOptions?: { options?: { title: string }[] } };

export function addColumn(world: World, table: Table, { body }: SimulatedRequest): SimulatedReply {
	const { title, uidt, colOptions } = body as { title: string; uidt: string } & Options;
	if (table.columns.some((column) => column.title === title)) {
		return failure(422, "DUPLICATE_ALIAS", `Duplicate column alias '${title}' at table '${table.id}'`);
	}
	world.idsMade += 1;
	const choices = uidt.endsWith("Select") ? { choices: colOptions?.options?.map((option) => option.title) ?? [] } : {};
	table.columns.push({ id: `cmade${world.idsMade}`, title, uidt, ...choices });
	return showTable(table);
}

/** The list of choices that is sent becomes the list: one that is missing in it is taken away. */
export function changeColumn(table: Table, column: Column, { body }: SimulatedRequest): SimulatedReply {
	const { title, colOptions } = body as { title?: string } & Options;
	if (title !== undefined) column.title = title;
	if (colOptions?.options !== undefined) column.choices = colOptions.options.map((option) => option.title);
	return showTable(table);
}
