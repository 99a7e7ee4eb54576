import type { ConnectorCall, PushResult, PushRow, PushTarget } from "../connector.ts";
import { type Answer, type ApiSettings, ask, compactId, isNotionId } from "./api.ts";
import { propertyValue } from "./cells.ts";
import { diagnose } from "./diagnose.ts";
import type { Trouble } from "./errors.ts";
import { appendChunks, bodyChunks, replaceBody } from "./page-body.ts";
import { pageBodyColumn } from "./property-types.ts";
import { pushFailure } from "./push-failure.ts";
import { PageReply } from "./replies.ts";
import { findByKeys, isTrashed } from "./rows.ts";

type Written = { remoteId: string; created: boolean };
type Work = { target: PushTarget; row: FoldedRow };

/**
 * Notion has no upsert and no idempotency key: a row is looked up by its key, then updated or made. After a lost reply the same is
 * done again and the look-up finds what was made, provided that Notion's index has caught up. So whatever fails once a page may have
 * been made asks for `settleMs` before the next try: the engine keeps that time, whichever worker tries next.
 */
export async function push(
	settings: ApiSettings,
	call: ConnectorCall,
	work: { target: PushTarget; rows: readonly PushRow[] },
): Promise<PushResult> {
	const { target } = work;
	const rows: Extract<PushResult, { kind: "pushed" }>["rows"] = [];
	for (const row of foldByKey(target, work.rows)) {
		const answer = await pushRow(settings, call, { target, row });
		if (!answer.ok) return pushFailure(answer.trouble);
		rows.push(...row.refs.map((ref) => ({ ref, ...answer.value })));
	}
	return { kind: "pushed", rows };
}

async function pushRow(settings: ApiSettings, call: ConnectorCall, work: Work): Promise<Answer<Written>> {
	const { target, row } = work;
	if (row.remoteId !== undefined && isNotionId(row.remoteId)) {
		const updated = await update(settings, call, { ...work, pageId: row.remoteId });
		if (!updated.ok || updated.value !== null) return written(updated);
	}
	const found = await findByKeys(settings, call, { target, keys: [row.cells] });
	if (!found.ok) return { ok: false, trouble: await diagnose(settings, call, { trouble: found.trouble, target }) };
	const [page, ...more] = found.value;
	if (more.length > 0) return { ok: false, trouble: { kind: "ambiguous" } };
	if (page !== undefined) {
		const updated = await update(settings, call, { ...work, pageId: page.id });
		if (!updated.ok || updated.value !== null) return written(updated);
	}
	return create(settings, call, work);
}

function written(answer: Answer<Written | null>): Answer<Written> {
	if (!answer.ok) return answer;
	return answer.value === null ? { ok: false, trouble: { kind: "missing" } } : { ok: true, value: answer.value };
}

/** Null when the page is gone, in the trash or in another table by now. */
async function update(
	settings: ApiSettings,
	call: ConnectorCall,
	work: Work & { pageId: string },
): Promise<Answer<Written | null>> {
	const { target, row, pageId } = work;
	const properties = propertiesOf(target, row);
	const answer = await ask(settings, call, {
		method: "patch",
		path: `pages/${pageId}`,
		body: { properties },
		reply: PageReply,
	});
	if (!answer.ok) {
		const trouble = await diagnose(settings, call, { trouble: answer.trouble, target, pageId });
		return trouble === "gone" ? { ok: true, value: null } : { ok: false, trouble };
	}
	if (isTrashed(answer.value)) return { ok: true, value: null };
	const markdown = bodyOf(row);
	if (markdown !== null) {
		const botId = answer.value.last_edited_by?.id ?? null;
		const replaced = await replaceBody(settings, call, { pageId, markdown, botId });
		if (!replaced.ok) return replaced;
	}
	return { ok: true, value: { remoteId: compactId(pageId), created: false } };
}

async function create(settings: ApiSettings, call: ConnectorCall, work: Work): Promise<Answer<Written>> {
	const { target, row } = work;
	const [first, ...rest] = bodyChunks(bodyOf(row) ?? "");
	const answer = await ask(settings, call, {
		method: "post",
		path: "pages",
		body: {
			parent: { type: "data_source_id", data_source_id: target.tableId },
			properties: propertiesOf(target, row),
			...(first === undefined ? {} : { children: first }),
		},
		reply: PageReply,
	});
	const made = answer.ok ? answer : await committed(settings, call, { target, trouble: answer.trouble });
	if (!made.ok) return made;
	const appended = await appendChunks(settings, call, { pageId: made.value.id, chunks: rest });
	if (!appended.ok) return { ok: false, trouble: settled(settings, appended.trouble) };
	return { ok: true, value: { remoteId: compactId(made.value.id), created: true } };
}

/** Some failures name the page that was made all the same; it is read before it is believed. */
async function committed(
	settings: ApiSettings,
	call: ConnectorCall,
	failed: { target: PushTarget; trouble: Trouble },
): Promise<Answer<PageReply>> {
	const { target, trouble } = failed;
	if (trouble.kind === "provider" && trouble.committedId !== undefined && isNotionId(trouble.committedId)) {
		const page = await ask(settings, call, { method: "get", path: `pages/${trouble.committedId}`, reply: PageReply });
		if (page.ok && !isTrashed(page.value)) return page;
	}
	return { ok: false, trouble: settled(settings, await diagnose(settings, call, { trouble, target })) };
}

/** The wait after which a page that may have been made can be found. */
function settled({ settleMs }: ApiSettings, trouble: Trouble): Trouble {
	if (trouble.kind !== "provider" && trouble.kind !== "unreachable") return trouble;
	return { ...trouble, afterMs: Math.max(trouble.afterMs, settleMs) };
}

function propertiesOf(target: PushTarget, row: FoldedRow): Record<string, unknown> {
	const columns = target.columns.filter(({ id }) => id !== pageBodyColumn.id && row.cells[id] !== undefined);
	return Object.fromEntries(columns.map((column) => [column.id, propertyValue(column, row.cells[column.id])]));
}

/** What is to stand on the page; null leaves it as it is. */
function bodyOf(row: FoldedRow): string | null {
	const cell = row.cells[pageBodyColumn.id];
	if (cell === undefined) return null;
	return typeof cell === "string" ? cell : "";
}

type FoldedRow = { refs: string[]; cells: PushRow["cells"]; remoteId?: string };

/** Rows whose keys are one as cells ("red" and "Red" are one option) are one row: the later one's cells win. */
function foldByKey(target: PushTarget, rows: readonly PushRow[]): FoldedRow[] {
	const folded = new Map<string, FoldedRow>();
	for (const { ref, cells, remoteId } of rows) {
		const key = JSON.stringify(target.matchKey.map((id) => cells[id] ?? null));
		const earlier = folded.get(key);
		const known = remoteId ?? earlier?.remoteId;
		folded.set(key, {
			refs: [...(earlier?.refs ?? []), ref],
			cells: { ...earlier?.cells, ...cells },
			...(known === undefined ? {} : { remoteId: known }),
		});
	}
	return [...folded.values()];
}
