import type { Table } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import { messageTable } from "../message-columns.ts";
import { settingsOf, unusable } from "./settings.ts";

/** One table, for the one address. Nothing is asked: what a message may carry is known without its receiver. */
export async function discover(call: ConnectorCall): Promise<ConnectorResult<Table[]>> {
	const found = settingsOf(call);
	if (!found.ok) return unusable(found.message);
	const { host } = new URL(found.settings.address);
	return { kind: "ok", value: [messageTable("Requests", { id: "requests", name: host })] };
}
