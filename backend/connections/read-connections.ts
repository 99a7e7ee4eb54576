import type { ConnectionStatus, ConnectionView } from "../contract/connections.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { ConnectionDeps } from "./connection-deps.ts";

type ConnectionRow = {
	id: string;
	provider: string;
	name: string;
	accountLabel: string;
	scopes: string[];
	way: ConnectionView["way"];
	settings: Record<string, string>;
	connectedBy: ConnectionView["connectedBy"];
	status: ConnectionStatus;
	problem: RecordProblem | null;
	lastCheckedAt: Date | null;
	lastSuccessAt: Date | null;
	nextCheckAt: Date;
	expiresAt: Date | null;
	waiting: number;
	createdAt: Date;
};

type ReadDeps = Pick<ConnectionDeps, "connectors"> & { database: Pick<ConnectionDeps["database"], "asTenant"> };

function selectConnections(sql: Transaction) {
	return sql`
		select c.id, c.provider, c.name, c.account_label, c.scopes, c.status, c.problem, c.last_checked_at,
			c.last_success_at, c.created_at, c.way, c.settings, c.next_check_at, c.expires_at, null as connected_by, (
				select count(*)::integer from sheaf.targets t
				join sheaf.deliveries d on d.workspace_id = t.workspace_id and d.target_id = t.id
				where t.workspace_id = c.workspace_id and t.connection_id = c.id and d.state <> 'delivered') as waiting
		from sheaf.connections c
		where c.workspace_id = sheaf.current_workspace()`;
}

/** Every connection of the workspace, the oldest first. Never with its credential. */
export async function listConnections(deps: ReadDeps, principal: Principal): Promise<ConnectionView[]> {
	const rows = await deps.database.asTenant(
		principal,
		async (sql) => await sql<ConnectionRow[]>`${selectConnections(sql)} order by c.created_at, c.id`,
	);
	return rows.map((row) => view(deps, row));
}

/** @throws SheafError `connections/not-found`, also for another workspace's connection */
export async function getConnection(deps: ReadDeps, principal: Principal, id: string): Promise<ConnectionView> {
	const [row] = await deps.database.asTenant(
		principal,
		async (sql) => await sql<ConnectionRow[]>`${selectConnections(sql)} and c.id = ${id}`,
	);
	if (row === undefined) throw connectionNotFound();
	return view(deps, row);
}

export function connectionNotFound(): SheafError {
	return new SheafError("connections/not-found", "There is no such connection.");
}

function view({ connectors }: ReadDeps, row: ConnectionRow): ConnectionView {
	return {
		id: row.id,
		provider: row.provider,
		providerTitle: connectors.get(row.provider)?.manifest.title ?? row.provider,
		name: row.name,
		account: row.accountLabel,
		scopes: row.scopes,
		way: row.way,
		settings: row.settings,
		connectedBy: row.connectedBy,
		status: row.status,
		problem: row.problem,
		lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
		lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
		nextAttemptAt: row.status === "failing" || row.status === "paused" ? row.nextCheckAt.toISOString() : null,
		expiresAt: row.expiresAt?.toISOString() ?? null,
		waiting: row.waiting,
		createdAt: row.createdAt.toISOString(),
	};
}
