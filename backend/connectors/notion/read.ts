import type { ConnectorCall, ConnectorResult, PushTarget, RemoteRow, WantedRows } from "../connector.ts";
import { type Answer, type ApiSettings, ask, isNotionId } from "./api.ts";
import { failureOf } from "./failure.ts";
import { DataSourceReply, PageReply } from "./replies.ts";
import { belongsTo, findByKeys, isTrashed, rowOf } from "./rows.ts";

/** Rows as they are now: keys in one query, ids one by one. The page under a row is not read: its Markdown is not what was sent. */
export async function read(
	settings: ApiSettings,
	call: ConnectorCall,
	work: { target: PushTarget; wanted: WantedRows },
): Promise<ConnectorResult<RemoteRow[]>> {
	const { target, wanted } = work;
	const pages =
		wanted.by === "key"
			? await findByKeys(settings, call, { target, keys: wanted.keys })
			: await getPages(settings, call, { target, ids: wanted.ids });
	if (!pages.ok) return failureOf(pages.trouble);
	const rows: RemoteRow[] = [];
	for (const page of pages.value) {
		const row = await rowOf(settings, call, { page, columns: target.columns });
		if (!row.ok) return failureOf(row.trouble);
		rows.push(row.value);
	}
	return { kind: "ok", value: rows };
}

async function getPages(
	settings: ApiSettings,
	call: ConnectorCall,
	wanted: { target: PushTarget; ids: readonly string[] },
): Promise<Answer<PageReply[]>> {
	const pages: PageReply[] = [];
	let missing = false;
	for (const id of new Set(wanted.ids.filter(isNotionId))) {
		const page = await ask(settings, call, { method: "get", path: `pages/${id}`, reply: PageReply });
		if (page.ok) {
			if (!isTrashed(page.value) && belongsTo(page.value, wanted.target.tableId)) pages.push(page.value);
		} else if (page.trouble.kind !== "missing") return page;
		else missing = true;
	}
	// Notion does not tell what is gone from what is not shared any more. A table that still is says that the page is gone.
	const path = `data_sources/${wanted.target.tableId}`;
	const table = missing ? await ask(settings, call, { method: "get", path, reply: DataSourceReply }) : null;
	return table === null || table.ok ? { ok: true, value: pages } : table;
}
