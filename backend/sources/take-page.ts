import { createHash } from "node:crypto";
import type { SourcePage, SourceRowProblem } from "../connectors/source.ts";
import type { SourceColumn } from "../contract/sources.ts";
import type { OperationResult } from "../contract/writes.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { acceptWrites, type WriteDeps } from "../records/accept-writes.ts";
import type { CurrentRun } from "./read-run.ts";
import { type KnownRow, type PlannedRow, planRows } from "./row-operations.ts";
import { recordIdOf } from "./source-text.ts";

type Page = { run: CurrentRun; page: SourcePage; columns: readonly SourceColumn[]; urlOf(externalId: string): string };

/** The page was somebody else's turn, or the run was stopped meanwhile: nothing of it is kept. */
class NotOurTurn extends Error {
	override readonly name = "NotOurTurn";
}

/** Longer ids cannot be kept; no provider has such. */
const longestId = 1_000;

/**
 * Takes a page in: its new and changed rows become records by the same door as captures, and what is known of its rows, the counts and the
 * cursor are committed with them or not at all. So a run that is killed at any point goes on from its last page and makes nothing twice.
 *
 * @returns false when the run is somebody else's or was stopped meanwhile
 */
export async function takePage(
	deps: WriteDeps,
	owner: Principal,
	{ run, page, columns, urlOf }: Page,
): Promise<boolean> {
	const isWanted = wanted(run);
	const rows = page.rows.filter(({ externalId }) => isWanted(externalId) && externalId.length <= longestId);
	const known = await deps.database.asTenant(owner, (sql) =>
		readKnown(
			sql,
			run,
			rows.map(({ externalId }) => externalId),
		),
	);
	const planned = planRows(rows, { ...run, columns, capturedAt: run.createdAt.toISOString(), known, urlOf });
	const operations = planned.flatMap(({ operation }) => operation ?? []);
	let isSettled = false;
	const unreadable = (page.problems ?? []).filter(({ externalId }) => isWanted(externalId));
	const settle = async (sql: Transaction, results: readonly OperationResult[]) => {
		await settlePage(sql, { run, page, planned, results, unreadable });
		isSettled = true;
	};
	try {
		const results = await acceptWrites({ ...deps, alongside: settle }, owner, operations);
		if (!isSettled) await deps.database.asTenant(owner, (sql) => settle(sql, results));
	} catch (error) {
		if (error instanceof NotOurTurn) return false;
		throw error;
	}
	return true;
}

function wanted({ mode, rowIds }: CurrentRun): (externalId: string) => boolean {
	const ids = new Set(rowIds);
	return mode === "chosen" ? (externalId) => ids.has(externalId) : (externalId) => !ids.has(externalId);
}

/** With the highest version there is of each record: somebody may have edited it here since. */
async function readKnown(sql: Transaction, run: CurrentRun, externalIds: string[]): Promise<Map<string, KnownRow>> {
	const { workspaceId, targetId, source } = run;
	const asked = externalIds.map((externalId) => ({
		external_id: externalId,
		record_id: recordIdOf({ workspaceId, targetId, source, externalId }),
	}));
	const rows = await sql<KnownRow[]>`
		select x.external_id, greatest(coalesce(s.version, 0), coalesce(r.version, 0)) as version,
			coalesce(encode(s.content_hash, 'hex'), '') as content_hash
		from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as x(external_id text, record_id uuid)
		left join sheaf.source_rows s on s.workspace_id = (select sheaf.current_workspace()) and s.target_id = ${targetId}
			and s.source = ${source} and s.external_id = x.external_id
		left join sheaf.records r on r.workspace_id = (select sheaf.current_workspace()) and r.id = x.record_id
		where s.record_id is not null or r.id is not null`;
	return new Map(rows.map((row) => [row.externalId, row]));
}

type Settling = {
	run: CurrentRun;
	page: SourcePage;
	planned: readonly PlannedRow[];
	results: readonly OperationResult[];
	unreadable: readonly SourceRowProblem[];
};

async function settlePage(sql: Transaction, settling: Settling): Promise<void> {
	const { run, page, planned, results, unreadable } = settling;
	const outcomes = outcomesOf(planned, results);
	const readable = planned.map(({ externalId, recordId, version, contentHash, fields }) => {
		const problem = outcomes.problems.get(externalId) ?? null;
		const isLost = outcomes.lost.has(externalId);
		return {
			external_id: externalId,
			record_id: recordId,
			version,
			// Somebody else's newer version came first: looked at again at the next run.
			hash: isLost ? "" : contentHash,
			fields,
			problem,
		};
	});
	const rows = [...readable, ...unreadable.map((problem) => unreadableRow(run, problem))];
	const failed = outcomes.counts.failed + unreadable.length;
	await moveRun(sql, { run, page, counts: { ...outcomes.counts, failed } });
	await sql`
		insert into sheaf.source_rows as s (target_id, source, external_id, record_id, version, content_hash, fields, problem, selection_id, run_id)
		select ${run.targetId}, ${run.source}, external_id, record_id, version, decode(hash, 'hex'), fields, problem, ${run.selectionId}, ${run.id}
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
			as x(external_id text, record_id uuid, version integer, hash text, fields jsonb, problem jsonb)
		on conflict (workspace_id, target_id, source, external_id) do update set record_id = excluded.record_id,
			version = excluded.version,
			problem = case when s.content_hash = excluded.content_hash then s.problem else excluded.problem end,
			content_hash = excluded.content_hash, fields = excluded.fields, state = 'present', selection_id = excluded.selection_id,
			run_id = excluded.run_id, seen_at = now(), updated_at = now()`;
	if (page.cursor === null) await endRun(sql, run);
}

/** What is a row at the source and never was one here: its version is 0, and there is no such record. */
function unreadableRow(run: CurrentRun, { externalId, reason, message, details }: SourceRowProblem) {
	const problem = { code: reason, message, action: "retry", ...(details === undefined ? {} : { details }) };
	return {
		external_id: externalId,
		record_id: recordIdOf({ ...run, externalId }),
		version: 0,
		hash: createHash("sha256").update(message).digest("hex"),
		fields: {},
		problem,
	};
}

type Counts = { added: number; changed: number; unchanged: number; failed: number };

function outcomesOf(planned: readonly PlannedRow[], results: readonly OperationResult[]) {
	const byOperation = new Map(results.map((result) => [result.id, result]));
	const counts: Counts = { added: 0, changed: 0, unchanged: 0, failed: 0 };
	const problems = new Map<string, { code: string; message: string; action: "edit" }>();
	const lost = new Set<string>();
	for (const { externalId, operation, isNew } of planned) {
		const result = operation === null ? null : byOperation.get(operation.id);
		if (result === null) counts.unchanged += 1;
		else if (result?.status === "stored") counts[isNew ? "added" : "changed"] += 1;
		else {
			counts.failed += 1;
			const { code, message } = result?.error ?? { code: "writes/version-conflict", message: conflictSentence };
			if (code === "writes/version-conflict") lost.add(externalId);
			problems.set(externalId, { code, message, action: "edit" });
		}
	}
	return { counts, problems, lost };
}

const conflictSentence = "This record was changed here at the same moment. The row is looked at again at the next run.";

/** @throws NotOurTurn when the run has ended, was stopped, or somebody else has taken this page in */
async function moveRun(
	sql: Transaction,
	{ run, page, counts }: { run: CurrentRun; page: SourcePage; counts: Counts },
): Promise<void> {
	const moved = await sql`
		update sheaf.selection_runs
		set cursor = ${page.cursor}, pages = pages + 1, listed = listed + ${page.rows.length + (page.problems?.length ?? 0)}, added = added + ${counts.added},
			changed = changed + ${counts.changed}, unchanged = unchanged + ${counts.unchanged}, failed = failed + ${counts.failed},
			total = coalesce(${page.total?.count ?? null}::bigint, total), total_exact = coalesce(${page.total?.exact ?? null}::boolean, total_exact),
			problem = null, next_at = now() + make_interval(secs => ${(page.afterMs ?? 0) / 1_000}), updated_at = now()
		where workspace_id = sheaf.current_workspace() and id = ${run.id} and status = 'running' and pages = ${run.pages}`;
	if (moved.count === 0) throw new NotOurTurn();
}

/** Everything there is was seen: what this selection saw before and did not see now is gone. */
async function endRun(sql: Transaction, { id, selectionId, targetId }: CurrentRun): Promise<void> {
	await sql`
		with gone as (
			update sheaf.source_rows set state = 'gone', updated_at = now()
			where workspace_id = sheaf.current_workspace() and selection_id = ${selectionId} and target_id = ${targetId}
				and state = 'present' and run_id <> ${id}
			returning version
		), ended as (
			update sheaf.selections set problem = null where workspace_id = sheaf.current_workspace() and id = ${selectionId}
				and problem is not null
		)
		update sheaf.selection_runs r
		set status = 'done', finished_at = now(), updated_at = now(),
			gone = case when s.gone = 'tell' then (select count(*)::integer from gone where version > 0) else 0 end
		from sheaf.selections s
		where r.workspace_id = sheaf.current_workspace() and r.id = ${id} and s.workspace_id = r.workspace_id and s.id = r.selection_id`;
}
