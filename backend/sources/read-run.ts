import type { SelectionView } from "../contract/selections.ts";
import type { SourceFilter, SourcePlace } from "../contract/sources.ts";
import type { Role } from "../contract/users.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { workerOf } from "../sync/engine-deps.ts";

export type RunRef = { workspaceId: string; runId: string };

/** A run that goes on and whose next page is due, with what its selection asks for. */
export type CurrentRun = {
	id: string;
	workspaceId: string;
	selectionId: string;
	ownerId: string;
	/** The owner's role in the workspace now; null: they are a member no more. */
	ownerRole: Role | null;
	cursor: string | null;
	pages: number;
	createdAt: Date;
	connectionId: string;
	provider: string;
	place: SourcePlace;
	source: string;
	filter: SourceFilter;
	search: string | null;
	columns: string[] | null;
	mode: SelectionView["mode"];
	rowIds: string[];
	targetId: string;
	tableName: string;
};

/** Null: it has ended, or rests. */
export async function readRun(
	{ database }: { database: { asTenant: AsTenant } },
	{ workspaceId, runId }: RunRef,
): Promise<CurrentRun | null> {
	const [run] = await database.asTenant(
		workerOf(workspaceId),
		(sql) => sql<Omit<CurrentRun, "workspaceId">[]>`
			select r.id, r.selection_id, s.owner_id, m.role as owner_role, r.cursor, r.pages, r.created_at, s.connection_id, c.provider,
				s.place, s.source, s.filter, s.search, s.columns, s.mode, s.row_ids, s.target_id, s.table_name
			from sheaf.selection_runs r
			join sheaf.selections s on s.workspace_id = r.workspace_id and s.id = r.selection_id
			join sheaf.connections c on c.workspace_id = s.workspace_id and c.id = s.connection_id
			left join sheaf.workspace_members m on m.workspace_id = s.workspace_id and m.user_id = s.owner_id
			where r.workspace_id = sheaf.current_workspace() and r.id = ${runId} and r.status = 'running' and r.next_at <= now()
				and s.target_id is not null`,
	);
	return run === undefined ? null : { ...run, workspaceId };
}

/** Rows are taken in as whoever made the selection: they own the records, and may write only while they are a member who may. */
export function ownerOf({ ownerId, ownerRole, workspaceId }: CurrentRun): Principal | null {
	if (ownerRole === null || ownerRole === "viewer") return null;
	return { userId: ownerId, workspaceId, role: ownerRole, sessionId: null, deviceId: null };
}
