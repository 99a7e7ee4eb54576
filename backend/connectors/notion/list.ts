import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { ConnectorCall, ConnectorResult, PushTarget, RemoteRow } from "../connector.ts";
import type { ApiSettings } from "./api.ts";
import { failureOf } from "./failure.ts";
import { query, rowOf } from "./rows.ts";

type Listed = Pick<PushTarget, "containerId" | "tableId" | "columns">;
type Page = { rows: RemoteRow[]; cursor: string | null };

/** `from`: when the window begins; `at`: Notion's own cursor inside the window. */
const Cursor = Type.Object({
	from: Type.Union([Type.String(), Type.Null()]),
	at: Type.Union([Type.String(), Type.Null()]),
});

/**
 * 100 rows, the oldest first. One query of Notion's ends after 10,000 rows, so the next one begins at the moment the last row was made:
 * rows of that minute come twice, which a source's rows, being one per id, do not mind.
 */
export async function list(
	settings: ApiSettings,
	call: ConnectorCall,
	work: { table: Listed; cursor: string | null },
): Promise<ConnectorResult<Page>> {
	const { from, at } = readCursor(work.cursor);
	const answer = await query(settings, call, {
		tableId: work.table.tableId,
		body: {
			sorts: [{ timestamp: "created_time", direction: "ascending" }],
			...(from === null ? {} : { filter: { timestamp: "created_time", created_time: { on_or_after: from } } }),
			...(at === null ? {} : { start_cursor: at }),
		},
	});
	if (!answer.ok) return failureOf(answer.trouble);
	const { results, has_more: hasMore, next_cursor: next, request_status: status } = answer.value;
	const rows: RemoteRow[] = [];
	for (const page of results) {
		const row = await rowOf(settings, call, { page, columns: work.table.columns });
		if (!row.ok) return failureOf(row.trouble);
		rows.push(row.value);
	}
	if (hasMore && next !== null) return page(rows, { from, at: next });
	const lastMade = results.at(-1)?.created_time;
	if (status?.type !== "incomplete" || lastMade === undefined) return page(rows, null);
	return lastMade === from ? endless() : page(rows, { from: lastMade, at: null });
}

function page(rows: RemoteRow[], cursor: (typeof Cursor)["static"] | null): ConnectorResult<Page> {
	return { kind: "ok", value: { rows, cursor: cursor === null ? null : JSON.stringify(cursor) } };
}

/** A cursor that is not ours begins anew. */
function readCursor(text: string | null): (typeof Cursor)["static"] {
	try {
		const cursor: unknown = JSON.parse(text ?? "null");
		if (Value.Check(Cursor, cursor)) return cursor;
	} catch {
		// Not JSON, so not ours.
	}
	return { from: null, at: null };
}

/** Said instead of leaving rows out. */
function endless(): ConnectorResult<Page> {
	return {
		kind: "refused",
		reason: "delivery/refused",
		message:
			"More than 10,000 rows of this table were made within one minute, and Notion lists only the first of them. Split the table in Notion.",
	};
}
