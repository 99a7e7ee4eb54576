import type { ConnectorCall, ConnectorResult, PushTarget } from "../connector.ts";
import { type ApiSettings, compactId } from "./api.ts";
import { cellOf } from "./cells.ts";
import { failureOf } from "./failure.ts";
import type { PageReply } from "./replies.ts";
import { isTrashed, query } from "./rows.ts";

const maxFound = 20;
/** Longest text that is looked for. */
const maxTextLength = 200;

/** Rows whose title has this text, asked of the table itself and not of a page of it. */
export async function searchRows(
	settings: ApiSettings,
	call: ConnectorCall,
	wanted: { table: Pick<PushTarget, "tableId">; text: string },
): Promise<ConnectorResult<{ id: string; label: string }[]>> {
	const text = wanted.text.trim().slice(0, maxTextLength);
	const answer = await query(settings, call, {
		tableId: wanted.table.tableId,
		body: {
			page_size: maxFound,
			...(text === "" ? {} : { filter: { property: "title", title: { contains: text } } }),
		},
	});
	if (!answer.ok) return failureOf(answer.trouble);
	const pages = answer.value.results.filter((page) => !isTrashed(page));
	return { kind: "ok", value: pages.map((page) => ({ id: compactId(page.id), label: titleOf(page) })) };
}

function titleOf(page: PageReply): string {
	const title = Object.values(page.properties).find((value) => value.type === "title");
	const text = title === undefined ? undefined : cellOf(title);
	return typeof text === "string" ? text : "Untitled";
}
