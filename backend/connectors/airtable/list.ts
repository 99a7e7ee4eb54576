import type { Connector, ConnectorCall, ConnectorResult, RemoteRow } from "../connector.ts";
import type { ApiSettings } from "./api.ts";
import { rowsFailure } from "./push-failure.ts";
import { remoteRow } from "./row-cells.ts";
import { listPage } from "./rows.ts";

type ListedTable = Parameters<NonNullable<Connector["list"]>>[1];

/**
 * A page of 100 rows. Airtable forgets where a listing was after a while; it then begins anew, which shows rows again
 * and leaves none out.
 */
export async function list(
	settings: ApiSettings,
	call: ConnectorCall,
	{ table, cursor }: { table: ListedTable; cursor: string | null },
): Promise<ConnectorResult<{ rows: RemoteRow[]; cursor: string | null }>> {
	const listing = { fields: table.columns.map(({ id }) => id) };
	const from = cursor === null ? listing : { ...listing, offset: cursor };
	let answer = await listPage(settings, call, { place: table, listing: from });
	if (!answer.ok && answer.trouble.kind === "place_lost" && cursor !== null) {
		answer = await listPage(settings, call, { place: table, listing });
	}
	if (!answer.ok) return rowsFailure(settings.title, answer.trouble);
	const { records, offset } = answer.value;
	const rows = records.map((entry) => remoteRow(entry, table.columns));
	return { kind: "ok", value: { rows, cursor: offset ?? null } };
}
