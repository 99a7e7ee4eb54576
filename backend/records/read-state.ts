import type { Frequency } from "../contract/targets.ts";
import type { Transaction } from "../db/connect.ts";
import type { MatchRule } from "../targets/match-key.ts";
import type { StoredRecord } from "./decide.ts";
import type { ParsedOperation } from "./parse-operation.ts";
import { groupOf, type StoredMember } from "./supersede.ts";
import { readUndoable, type UndoableRecord } from "./undo-standing.ts";
import { lockWrites, planStatements } from "./write-lock.ts";

/** What of a target a write needs to know. */
export type WriteTarget = MatchRule & {
	id: string;
	connectionId: string;
	containerId: string;
	frequency: Frequency;
	status: "active" | "paused";
	provider: string;
	/** Whether its records wait for approval. */
	review: boolean;
};

export type KnownRecord = StoredRecord & { targetId: string | null; matchKey: string | null };

export type ReadState = {
	operations: Map<string, string>;
	records: Map<string, KnownRecord>;
	removals: Map<string, number>;
	targets: Map<string, WriteTarget>;
	undoable: Map<string, UndoableRecord>;
};

/**
 * Takes the workspace's write lock and reads what the batch names, in one round trip: the queries are pipelined.
 *
 * `lateral … limit 1` looks each id up by its key. Asked with `= any`, the planner takes a fresh workspace for small and reads
 * all of it instead, until the next ANALYZE.
 *
 * @param removes whether a provider lets rows be taken back
 */
export async function readState(
	sql: Transaction,
	operations: readonly ParsedOperation[],
	removes: (provider: string) => boolean,
): Promise<ReadState> {
	const ids = operations.map(({ id }) => id);
	const recordIds = [...new Set(operations.map(({ recordId }) => recordId))];
	const targetIds = [...new Set(operations.flatMap((op) => (op.kind === "record.put" ? (op.targetId ?? []) : [])))];
	const undone = operations.flatMap(({ kind, recordId }) => (kind === "record.undo" ? [recordId] : []));
	const [, , known, records, removals, targets, undoable] = await Promise.all([
		lockWrites(sql),
		planStatements(sql, "each-time"),
		sql<{ id: string; hash: string }[]>`
			select found.* from unnest(${ids}::uuid[]) as wanted(id)
			cross join lateral (
				select o.id, encode(o.content_hash, 'hex') as hash from sheaf.operations o
				where o.workspace_id = sheaf.current_workspace() and o.id = wanted.id limit 1
			) found`,
		sql<({ id: string } & KnownRecord)[]>`
			select found.* from unnest(${recordIds}::uuid[]) as wanted(id)
			cross join lateral (
				select r.id, r.version, encode(r.content_hash, 'hex') as hash, r.target_id, r.match_key
				from sheaf.records r where r.workspace_id = sheaf.current_workspace() and r.id = wanted.id limit 1
			) found`,
		sql<{ recordId: string; version: number }[]>`
			select found.* from unnest(${recordIds}::uuid[]) as wanted(id)
			cross join lateral (
				select o.record_id, o.removed_version as version from sheaf.operations o
				where o.workspace_id = sheaf.current_workspace() and o.record_id = wanted.id and o.removed_version is not null
				order by o.removed_version desc limit 1
			) found`,
		sql<WriteTarget[]>`
			select t.id, t.connection_id, t.container_id, t.frequency, t.status, t.mapping, t.constants, t.match_key, t.columns, t.review,
				c.provider
			from sheaf.targets t
			join sheaf.connections c on c.workspace_id = t.workspace_id and c.id = t.connection_id
			where t.workspace_id = sheaf.current_workspace() and t.id = any(${targetIds}::uuid[])`,
		readUndoable(sql, undone, removes),
	]);
	return {
		operations: new Map(known.map(({ id, hash }) => [id, hash])),
		records: new Map(records.map((record) => [record.id, record])),
		removals: new Map(removals.map(({ recordId, version }) => [recordId, version])),
		targets: new Map(targets.map((target) => [target.id, target])),
		undoable,
	};
}

export type Group = { targetId: string; matchKey: string };

/** The stored records of these match keys, but for those the batch itself writes or removes. */
export async function readMembers(
	sql: Transaction,
	groups: readonly Group[],
	except: ReadonlySet<string>,
): Promise<StoredMember[]> {
	if (groups.length === 0) return [];
	const wanted = new Set(groups.map(groupOf));
	const targetIds = [...new Set(groups.map(({ targetId }) => targetId))];
	const matchKeys = [...new Set(groups.map(({ matchKey }) => matchKey))];
	const rows = await sql<(Omit<StoredMember, "capturedAtMs"> & { capturedAt: Date })[]>`
		select id, target_id, match_key, captured_at, superseded_by from sheaf.records
		where workspace_id = sheaf.current_workspace()
			and target_id = any(${targetIds}::uuid[]) and match_key = any(${matchKeys}::text[])`;
	return rows
		.filter((row) => wanted.has(groupOf(row)) && !except.has(row.id))
		.map(({ capturedAt, ...row }) => ({ ...row, capturedAtMs: capturedAt.getTime() }));
}
