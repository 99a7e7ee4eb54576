import { SheafError } from "../errors.ts";
import { type Shape, shapes } from "./shapes.ts";

/** What a client may say in its own words: where it is in a shape, and how it wants to be told. None of it says which rows. */
const protocolParameters = [
	"offset",
	"handle",
	"live",
	"live_sse",
	"experimental_live_sse",
	"cursor",
	"expired_handle",
	"cache-buster",
	"log",
] as const;

const maxValueLength = 200;

/**
 * The query that Electric is asked with for one member: table, columns, condition and parameters are ours, where in the shape the client
 * is comes from the client. Everything else that a client sends (`where`, `params[…]`, `subset__…`, `replica`, `secret`) is dropped.
 *
 * @throws SheafError `replication/shape-unknown` for a table or column that is not replicated
 */
export function shapeQuery(
	asked: URLSearchParams,
	{ workspaceId, secret }: { workspaceId: string; secret: string | null },
): URLSearchParams {
	const name = asked.get("table") ?? "";
	const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
	if (shape === undefined) throw unknownShape();
	const query = new URLSearchParams({
		table: shape.table,
		columns: columnsOf(shape, asked.get("columns")).map(quoted).join(","),
		where: '"workspace_id" = $1',
		"params[1]": workspaceId,
	});
	for (const parameter of protocolParameters) {
		const value = asked.get(parameter);
		if (value !== null && value.length <= maxValueLength) query.set(parameter, value);
	}
	if (secret !== null) query.set("secret", secret);
	return query;
}

/** Fewer than all may be asked for; the key is in it whether it was named or not. */
function columnsOf({ key, columns }: Shape, asked: string | null): readonly string[] {
	if (asked === null || asked === "") return [...key, ...columns];
	const named = asked.split(",").map((column) => column.trim().replace(/^"(.*)"$/, "$1"));
	if (!named.every((column) => key.includes(column) || columns.includes(column))) throw unknownShape();
	return [...key, ...columns.filter((column) => named.includes(column))];
}

function quoted(column: string): string {
	return `"${column}"`;
}

function unknownShape(): SheafError {
	return new SheafError("replication/shape-unknown", "This is not replicated: neither this table nor this column.");
}
