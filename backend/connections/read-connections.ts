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
	profileId: string | null;
	profileName: string | null;
	profileDetail: string | null;
	ownerId: string;
	/** What is wrong with a target of it whose table or column is gone. */
	schemaProblem: RecordProblem | null;
	status: ConnectionStatus;
	problem: RecordProblem | null;
	lastCheckedAt: Date | null;
	lastSuccessAt: Date | null;
	nextCheckAt: Date;
	expiresAt: Date | null;
	waiting: number;
	createdAt: Date;
};

type ReadDeps = Pick<ConnectionDeps, "connectors"> & {
	database: Pick<ConnectionDeps["database"], "asTenant" | "asIdentity">;
};

function selectConnections(sql: Transaction) {
	return sql`
		select c.id, c.provider, c.name, c.account_label, c.scopes, c.status, c.problem, c.last_checked_at,
			c.last_success_at, c.created_at, c.way, c.settings, c.profile_id, c.profile_name, c.profile_detail, c.next_check_at,
			c.expires_at, c.owner_id, (
				select t.problem from sheaf.targets t
				where t.workspace_id = c.workspace_id and t.connection_id = c.id and t.status = 'paused'
					and t.problem->>'action' = 'mend_target' order by t.updated_at desc limit 1) as schema_problem, (
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
	const names = await namesOf(deps, principal, rows);
	return rows.map((row) => view(deps, row, names));
}

/** @throws SheafError `connections/not-found`, also for another workspace's connection */
export async function getConnection(deps: ReadDeps, principal: Principal, id: string): Promise<ConnectionView> {
	const [row] = await deps.database.asTenant(
		principal,
		async (sql) => await sql<ConnectionRow[]>`${selectConnections(sql)} and c.id = ${id}`,
	);
	if (row === undefined) throw connectionNotFound();
	return view(deps, row, await namesOf(deps, principal, [row]));
}

export function connectionNotFound(): SheafError {
	return new SheafError("connections/not-found", "There is no such connection.");
}

/** What those who connected are called, by id, as far as they are still members. */
async function namesOf(
	{ database }: ReadDeps,
	{ workspaceId }: Principal,
	rows: readonly ConnectionRow[],
): Promise<ReadonlyMap<string, string>> {
	const ids = [...new Set(rows.map(({ ownerId }) => ownerId))];
	if (ids.length === 0) return new Map();
	const members = await database.asIdentity(
		(sql) => sql<{ id: string; name: string }[]>`
			select u.id, coalesce(nullif(concat_ws(' ', nullif(u.first_name, ''), nullif(u.last_name, '')), ''), u.email) as name
			from sheaf.workspace_members m join sheaf.users u on u.id = m.user_id
			where m.workspace_id = ${workspaceId} and u.id = any(${ids}::uuid[])`,
	);
	return new Map(members.map(({ id, name }) => [id, name]));
}

/** While nothing worse is wrong, an account shows that a table of it has changed. */
function standingOf({ status, problem, schemaProblem }: ConnectionRow): Pick<ConnectionView, "status" | "problem"> {
	if (schemaProblem === null || (status !== "healthy" && status !== "expiring")) return { status, problem };
	return { status: "schema_changed", problem: schemaProblem };
}

const asksAgain = new Set<ConnectionStatus>(["failing", "paused", "rate_limited"]);

function view({ connectors }: ReadDeps, row: ConnectionRow, names: ReadonlyMap<string, string>): ConnectionView {
	const connectedBy = names.get(row.ownerId);
	return {
		id: row.id,
		provider: row.provider,
		providerTitle: connectors.get(row.provider)?.manifest.title ?? row.provider,
		name: row.name,
		account: row.accountLabel,
		scopes: row.scopes,
		way: row.way,
		settings: row.settings,
		profile: profileOf(row),
		connectedBy: connectedBy === undefined ? null : { userId: row.ownerId, name: connectedBy },
		...standingOf(row),
		lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
		lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
		nextAttemptAt: asksAgain.has(row.status) ? row.nextCheckAt.toISOString() : null,
		expiresAt: row.expiresAt?.toISOString() ?? null,
		waiting: row.waiting,
		createdAt: row.createdAt.toISOString(),
	};
}

function profileOf({ profileId: id, profileName: name, profileDetail }: ConnectionRow): ConnectionView["profile"] {
	return id === null || name === null ? null : { id, name, detail: profileDetail ?? "" };
}
