import { Value } from "@sinclair/typebox/value";
import type { Table, TableField } from "../../contract/connections.ts";
import type { ConnectorCall, ConnectorResult, NewColumn, PushTarget } from "../connector.ts";
import { type Answer, type ApiSettings, ask, isNotionId } from "./api.ts";
import { failureOf } from "./failure.ts";
import { propertyConfig, tableField, tableFields } from "./property-types.ts";
import { DatabaseReply, DataSourceReply, SearchReply } from "./replies.ts";

/** 100 tables each; more pages than this is a provider that never ends its list. */
const maxPages = 100;

/**
 * Every data source that was shared with the connection, each with its database as the container. Where a database has one data
 * source they share one name; only one with several is asked for its own. What was shared a moment ago may take seconds to appear.
 */
export async function discover(settings: ApiSettings, call: ConnectorCall): Promise<ConnectorResult<Table[]>> {
	const found = await searchDataSources(settings, call);
	if (!found.ok) return failureOf(found.trouble);
	const sources = found.value.filter((source) => source.in_trash !== true);
	const counts = new Map<string, number>();
	for (const { parent } of sources) counts.set(parent.database_id, (counts.get(parent.database_id) ?? 0) + 1);
	const names = new Map<string, string>();
	for (const [id, count] of counts) {
		if (count < 2) continue;
		const database = await ask(settings, call, { method: "get", path: `databases/${id}`, reply: DatabaseReply });
		if (database.ok) names.set(id, titleOf(database.value.title));
		else if (database.trouble.kind !== "missing") return failureOf(database.trouble);
	}
	const tables = sources.map((source) => {
		const { database_id: id } = source.parent;
		const name = titleOf(source.title);
		return {
			id: source.id,
			name,
			container: { id, name: names.get(id) ?? name },
			fields: tableFields(source.properties),
		};
	});
	return { kind: "ok", value: tables };
}

async function searchDataSources(settings: ApiSettings, call: ConnectorCall): Promise<Answer<DataSourceReply[]>> {
	const sources = new Map<string, DataSourceReply>();
	let cursor: string | null = null;
	for (let page = 0; page < maxPages; page += 1) {
		const answer: Answer<(typeof SearchReply)["static"]> = await ask(settings, call, {
			method: "post",
			path: "search",
			body: {
				filter: { property: "object", value: "data_source" },
				page_size: 100,
				...(cursor === null ? {} : { start_cursor: cursor }),
			},
			reply: SearchReply,
		});
		if (!answer.ok) return answer;
		for (const result of answer.value.results) {
			const source = await wholeSource(settings, call, result);
			if (!source.ok) return source;
			if (source.value !== null) sources.set(source.value.id, source.value);
		}
		cursor = answer.value.has_more ? answer.value.next_cursor : null;
		if (cursor === null) break;
	}
	return { ok: true, value: [...sources.values()] };
}

/** Results may be partial; what went away between the two requests is left out. */
async function wholeSource(
	settings: ApiSettings,
	call: ConnectorCall,
	result: { object: string; id: string },
): Promise<Answer<DataSourceReply | null>> {
	if (Value.Check(DataSourceReply, result)) return { ok: true, value: result };
	if (result.object !== "data_source") return { ok: true, value: null };
	const answer = await getDataSource(settings, call, result.id);
	return !answer.ok && answer.trouble.kind === "missing" ? { ok: true, value: null } : answer;
}

export async function getDataSource(
	settings: ApiSettings,
	call: ConnectorCall,
	id: string,
): Promise<Answer<DataSourceReply>> {
	if (!isNotionId(id)) return { ok: false, trouble: { kind: "missing" } };
	return ask(settings, call, { method: "get", path: `data_sources/${id}`, reply: DataSourceReply });
}

function titleOf(title: readonly { plain_text: string }[]): string {
	const text = title.map((run) => run.plain_text).join("");
	return text === "" ? "Untitled" : text;
}

/** Adds properties and answers them; one that has the name already is answered as it is, so doing it again adds nothing. */
export async function createColumns(
	settings: ApiSettings,
	call: ConnectorCall,
	work: { table: Pick<PushTarget, "tableId">; columns: readonly NewColumn[] },
): Promise<ConnectorResult<TableField[]>> {
	const before = await getDataSource(settings, call, work.table.tableId);
	if (!before.ok) return failureOf(before.trouble);
	const properties: Record<string, unknown> = {};
	for (const column of work.columns) {
		const config = propertyConfig(column);
		const isBad = column.options?.some((option) => option.includes(",") || option.length > 100) === true;
		if (config === null || isBad || column.name.trim() === "") return refusedColumn(column.name);
		if (!Object.hasOwn(before.value.properties, column.name)) properties[column.name] = config;
	}
	const path = `data_sources/${work.table.tableId}`;
	const after =
		Object.keys(properties).length === 0
			? before
			: await ask(settings, call, { method: "patch", path, body: { properties }, reply: DataSourceReply });
	if (!after.ok) return failureOf(after.trouble);
	const made = work.columns.flatMap(({ name }) => {
		const property = Object.hasOwn(after.value.properties, name) ? after.value.properties[name] : undefined;
		return property === undefined ? [] : [tableField(property)];
	});
	return { kind: "ok", value: made };
}

function refusedColumn(name: string): ConnectorResult<never> {
	return {
		kind: "refused",
		reason: "targets/column-refused",
		message: `Sheaf cannot add “${name}” to Notion. Add it there by hand, or choose another kind of column.`,
	};
}
