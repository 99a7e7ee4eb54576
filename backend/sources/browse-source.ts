import { valueOf } from "../connections/ask-provider.ts";
import type { ConnectionDeps } from "../connections/connection-deps.ts";
import { getConnection, listConnections } from "../connections/read-connections.ts";
import type { SourceRowsPage, SourceRowsQuery, SourceView } from "../contract/selections.ts";
import type { SourcePlace, SourceSchema } from "../contract/sources.ts";
import type { Principal } from "../db/principal.ts";
import { askSource, sourceOf } from "./ask-source.ts";
import { checkedFilter, refuseWithoutKey, travelling } from "./check-filter.ts";
import { sourceText } from "./source-text.ts";

/** As many as a person looks through at once. */
const pageSize = 50;

/** The workspace's connections that records can be picked from. */
export async function listSources(deps: ConnectionDeps, principal: Principal): Promise<SourceView[]> {
	const connections = await listConnections(deps, principal);
	return connections.flatMap(({ id, name, provider, providerTitle, status }) => {
		const source = deps.connectors.get(provider)?.source;
		if (source === undefined || status === "disconnected") return [];
		return [{ connectionId: id, name, provider, providerTitle, advice: source.advice ?? null }];
	});
}

/**
 * The columns of a table, asked of the provider now.
 *
 * @throws SheafError `sources/unsupported`, `delivery/table-missing`, and what asking a connection throws
 */
export async function readSourceSchema(
	deps: ConnectionDeps,
	principal: Principal,
	{ connectionId, place }: { connectionId: string; place: SourcePlace },
): Promise<SourceSchema> {
	const { provider } = await getConnection(deps, principal, connectionId);
	sourceOf(deps, provider);
	const at = { workspaceId: principal.workspaceId, connectionId, containerId: place.containerId };
	return valueOf(await askSource(deps, at, (source, call) => source.schema(call, place)));
}

/**
 * A page of a table's rows, searched and filtered where they are.
 *
 * @throws SheafError `sources/filter-invalid`, `sources/key-needed`, and what `readSourceSchema` throws
 */
export async function browseRows(
	deps: ConnectionDeps,
	principal: Principal,
	asked: SourceRowsQuery & { connectionId: string },
): Promise<SourceRowsPage> {
	const { connectionId, place, targetId } = asked;
	const schema = await readSourceSchema(deps, principal, asked);
	refuseWithoutKey(schema);
	const query = {
		cursor: asked.cursor ?? null,
		filter: checkedFilter(asked.filter ?? [], schema),
		search: asked.search ?? null,
		limit: asked.limit ?? pageSize,
		columns: travelling(schema, null),
		schema,
	};
	const at = { workspaceId: principal.workspaceId, connectionId, containerId: place.containerId };
	const page = valueOf(await askSource(deps, at, (source, call) => source.list(call, place, query)));
	const ids = page.rows.map(({ externalId }) => externalId);
	const picked =
		targetId === undefined
			? new Map<string, string>()
			: await readPicked(deps, principal, { targetId, source: sourceText(connectionId, place), ids });
	return {
		rows: page.rows.map((row) => ({ ...row, pickedAs: picked.get(row.externalId) ?? null })),
		cursor: page.cursor,
		total: page.total ?? null,
		afterMs: page.afterMs ?? null,
	};
}

async function readPicked(
	{ database }: ConnectionDeps,
	principal: Principal,
	{ targetId, source, ids }: { targetId: string; source: string; ids: string[] },
): Promise<Map<string, string>> {
	const rows = await database.asTenant(
		principal,
		(sql) => sql<{ externalId: string; recordId: string }[]>`
			select s.external_id, s.record_id from sheaf.source_rows s
			join sheaf.records r on r.workspace_id = s.workspace_id and r.id = s.record_id
			where s.workspace_id = sheaf.current_workspace() and s.target_id = ${targetId} and s.source = ${source}
				and s.external_id = any(${ids}::text[])`,
	);
	return new Map(rows.map(({ externalId, recordId }) => [externalId, recordId]));
}
