import type { ConnectorCall, PushTarget } from "../connector.ts";
import { type ApiSettings, ask } from "./api.ts";
import { getDataSource } from "./discover.ts";
import type { Trouble } from "./errors.ts";
import { PageReply } from "./replies.ts";
import { belongsTo, isTrashed } from "./rows.ts";

type Failed = { trouble: Trouble; target: PushTarget };

/**
 * What a refusal is about. Notion has one code for a bad value, a column that is gone and a page in the trash, and says the rest in
 * words that may change; 404 may be the table, the page or a related page. So what was refused is looked at: the page, then the table.
 * `gone`: the page is not to be written to any more. Everything else passes through as it came.
 */
export async function diagnose(
	settings: ApiSettings,
	call: ConnectorCall,
	failed: Failed & { pageId: string },
): Promise<Trouble | "gone">;
export async function diagnose(settings: ApiSettings, call: ConnectorCall, failed: Failed): Promise<Trouble>;
export async function diagnose(
	settings: ApiSettings,
	call: ConnectorCall,
	failed: Failed & { pageId?: string },
): Promise<Trouble | "gone"> {
	const { trouble, target, pageId } = failed;
	if (trouble.kind !== "value" && trouble.kind !== "missing" && trouble.kind !== "refused") return trouble;
	if (pageId !== undefined) {
		const page = await ask(settings, call, { method: "get", path: `pages/${pageId}`, reply: PageReply });
		if (!page.ok && page.trouble.kind === "missing") return "gone";
		if (page.ok && (isTrashed(page.value) || !belongsTo(page.value, target.tableId))) return "gone";
	}
	const table = await getDataSource(settings, call, target.tableId);
	if (!table.ok) return table.trouble;
	if (table.value.in_trash === true) return { kind: "missing" };
	const types = new Map(Object.values(table.value.properties).map(({ id, type }) => [id, type]));
	const isWhole = target.columns.every(
		({ id, providerType }) => providerType === "page_body" || types.get(id) === providerType,
	);
	if (!isWhole) return { kind: "column_missing" };
	return trouble.kind === "missing" ? { kind: "value", said: "" } : trouble;
}
