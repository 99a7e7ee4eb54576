import type { Table } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import { failureOf } from "../row-failure.ts";
import { placeContainer } from "../server-address.ts";
import { addressOf, ask } from "./api.ts";
import { TablesReply } from "./replies.ts";
import { readTable } from "./table.ts";
import { title } from "./title.ts";

/**
 * Every table that the token has any right to. A database token may not ask what its databases are called, so they go by number. A
 * table that was withdrawn in between is left out instead of failing the rest.
 */
export async function discover(call: ConnectorCall): Promise<ConnectorResult<Table[]>> {
	const entries = await ask(call, { method: "GET", path: "/database/tables/all-tables/", reply: TablesReply });
	if (!entries.ok) return failureOf(title, entries.trouble);
	const tables: Table[] = [];
	for (const { id, name, database_id } of entries.value) {
		const table = await readTable(call, String(id));
		if (table.ok) {
			const container = { id: placeContainer(database_id, addressOf(call) ?? ""), name: `Database ${database_id}` };
			tables.push({ id: String(id), name, container, fields: [...table.value.columns.values()] });
		} else if (table.trouble.kind !== "permission" && table.trouble.kind !== "table_missing") {
			return failureOf(title, table.trouble);
		}
	}
	return { kind: "ok", value: tables };
}
