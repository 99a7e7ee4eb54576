import type { ConnectionDeps } from "../connections/connection-deps.ts";
import type { TableField } from "../contract/connections.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type {
	ConflictPolicy,
	ConstantEntry,
	Frequency,
	MappingEntry,
	Schedule,
	TargetView,
} from "../contract/targets.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { targetColumn } from "./target-column.ts";

type TargetRow = {
	id: string;
	name: string;
	connectionId: string;
	provider: string;
	containerId: string;
	containerName: string;
	tableId: string;
	tableName: string;
	mapping: MappingEntry[];
	matchKey: string[];
	columns: TableField[];
	frequency: Frequency;
	conflictPolicy: ConflictPolicy;
	schedule: Schedule | null;
	fieldPolicies: Record<string, ConflictPolicy>;
	constants: ConstantEntry[];
	nextRunAt: Date | null;
	lastRunAt: Date | null;
	status: "active" | "paused";
	problem: RecordProblem | null;
	accessEndsAt: Date | null;
	waiting: number;
	inReview: number;
	review: boolean;
	createdAt: Date;
	updatedAt: Date;
};

type ReadDeps = Pick<ConnectionDeps, "connectors"> & { database: Pick<ConnectionDeps["database"], "asTenant"> };

function selectTargets(sql: Transaction) {
	return sql`
		select t.id, t.name, t.connection_id, c.provider, t.container_id, t.container_name, t.table_id, t.table_name,
			t.mapping, t.match_key, t.columns, t.frequency, t.conflict_policy,
			t.schedule, t.field_policies, t.constants, t.next_run_at, t.last_run_at, t.status, t.problem, t.created_at,
			t.updated_at, t.review, case when c.status in ('expiring', 'expired') then c.expires_at end as access_ends_at,
			left_over.waiting, left_over.in_review
		from sheaf.targets t
		join sheaf.connections c on c.workspace_id = t.workspace_id and c.id = t.connection_id
		cross join lateral (
			select count(*)::integer as waiting, count(*) filter (where d.review = 'waiting')::integer as in_review
			from sheaf.deliveries d
			where d.workspace_id = t.workspace_id and d.target_id = t.id and d.state <> 'delivered'
		) left_over
		where t.workspace_id = sheaf.current_workspace()`;
}

/** Every target of the workspace, the oldest first. */
export async function listTargets(deps: ReadDeps, principal: Principal): Promise<TargetView[]> {
	const rows = await deps.database.asTenant(
		principal,
		async (sql) => await sql<TargetRow[]>`${selectTargets(sql)} order by t.created_at, t.id`,
	);
	return rows.map((row) => view(deps, row));
}

/** @throws SheafError `targets/not-found`, also for another workspace's target */
export async function getTarget(deps: ReadDeps, principal: Principal, id: string): Promise<TargetView> {
	const [row] = await deps.database.asTenant(
		principal,
		async (sql) => await sql<TargetRow[]>`${selectTargets(sql)} and t.id = ${id}`,
	);
	if (row === undefined) throw targetNotFound();
	return view(deps, row);
}

export function targetNotFound(): SheafError {
	return new SheafError("targets/not-found", "There is no such target.");
}

function view({ connectors }: ReadDeps, row: TargetRow): TargetView {
	const connector = connectors.get(row.provider);
	return {
		id: row.id,
		name: row.name,
		connectionId: row.connectionId,
		provider: row.provider,
		providerTitle: connector?.manifest.title ?? row.provider,
		containerId: row.containerId,
		containerName: row.containerName,
		tableId: row.tableId,
		tableName: row.tableName,
		mapping: row.mapping,
		matchKey: row.matchKey,
		columns: row.columns.map((field) => targetColumn(field, { connector, matchKey: row.matchKey })),
		frequency: row.frequency,
		conflictPolicy: row.conflictPolicy,
		status: row.status,
		problem: row.problem,
		accessEndsAt: row.accessEndsAt?.toISOString() ?? null,
		waiting: row.waiting,
		inReview: row.inReview,
		review: row.review,
		schedule: row.schedule,
		fieldPolicies: row.fieldPolicies,
		constants: row.constants,
		nextRunAt: row.nextRunAt?.toISOString() ?? null,
		lastRunAt: row.lastRunAt?.toISOString() ?? null,
		createdAt: row.createdAt.toISOString(),
		updatedAt: row.updatedAt.toISOString(),
	};
}
