import type { TableField } from "../../contract/connections.ts";
import type { ConnectorFailure, NewColumn, PushTarget } from "../connector.ts";
import { discover } from "./discover.ts";
import type { Session } from "./session.ts";
import { quoted, tableName } from "./sql-names.ts";
import { SessionError, troubleOf } from "./trouble.ts";

/** How each kind of column is made. A list of choices would be a type of its own, which is its owner's to make: choices are texts. */
const typesByKind: Readonly<Record<TableField["type"], string | null>> = {
	text: "text",
	long_text: "text",
	rich_text: "text",
	url: "text",
	email: "text",
	phone: "text",
	select: "text",
	number: "numeric",
	currency: "numeric",
	percent: "numeric",
	rating: "numeric",
	duration: "numeric",
	boolean: "boolean",
	date: "date",
	datetime: "timestamp with time zone",
	multi_select: "text[]",
	attachment: null,
	link: null,
	unsupported: null,
};

/** PostgreSQL cuts longer names off without a word. */
const maxNameBytes = 63;

type Place = Pick<PushTarget, "containerId" | "tableId">;
type Planned = { name: string; type: string };

/**
 * Adds columns in one statement, all or none. One of that name and type that is there already is taken as it is, so that a second try
 * after a lost answer makes none twice. Only the table's owner may do it, and the advice is not to be that: then the answer has the
 * statement for the owner to run.
 */
export async function createColumns(
	sql: Session,
	{ table, columns }: { table: Place; columns: readonly NewColumn[] },
): Promise<TableField[] | ConnectorFailure> {
	const planned = columns.map(({ name, type }) => ({ name: name.trim(), type: typesByKind[type] }));
	const whole = planned.filter((column): column is Planned => column.type !== null && isName(column.name));
	if (whole.length < planned.length) return refused("Postgres cannot make such a column. Choose another name or kind.");
	const there = await fieldsOf(sql, table);
	const other = whole.find(({ name, type }) =>
		there.some((field) => field.name === name && field.providerType !== type),
	);
	if (other !== undefined) {
		return refused(`The table has a column “${other.name}” of another kind. Use that one, or choose another name.`);
	}
	const missing = whole.filter(({ name }) => !there.some((field) => field.name === name));
	const added = missing.map(({ name, type }) => `add column if not exists ${quoted(name)} ${type}`);
	const statement = `alter table ${tableName(table)} ${added.join(", ")}`;
	try {
		if (added.length > 0) await sql.unsafe(statement);
	} catch (error) {
		if (troubleOf(error).kind !== "permission") throw error;
		return refused(
			`This user does not own the table, so Sheaf cannot add columns to it. Have its owner run this, then load the columns again: ${statement};.`,
		);
	}
	const after = added.length > 0 ? await fieldsOf(sql, table) : there;
	return whole.flatMap(({ name }) => after.filter((field) => field.name === name));
}

async function fieldsOf(sql: Session, table: Place): Promise<TableField[]> {
	const tables = await discover(sql, table.containerId);
	const found = tables.find(({ id }) => id === table.tableId);
	if (found === undefined) throw new SessionError({ kind: "table_missing" });
	return found.fields;
}

function isName(name: string): boolean {
	return name !== "" && !name.includes("\u0000") && Buffer.byteLength(name) <= maxNameBytes;
}

function refused(message: string): ConnectorFailure {
	return { kind: "refused", reason: "targets/column-refused", message };
}
