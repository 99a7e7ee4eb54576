import { connectorOf } from "../connections/ask-provider.ts";
import type { ConnectorFailure, ConnectorResult } from "../connectors/connector.ts";
import type { SourcePage } from "../connectors/source.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type { SourceSchema } from "../contract/sources.ts";
import { SheafError } from "../errors.ts";
import { type EngineDeps, workerOf } from "../sync/engine-deps.ts";
import { askSource } from "./ask-source.ts";
import { checkedFilter, refuseWithoutKey, travelling } from "./check-filter.ts";
import { type CurrentRun, ownerOf, type RunRef, readRun } from "./read-run.ts";
import { takePage } from "./take-page.ts";

/** Rows on a page; providers with less give less. */
const pageSize = 500;
/** After so many pages a job ends and is rung again: other workspaces wait for a free worker too. */
const maxPages = 10;
/** While so many deliveries of its target are due, a run takes in no more: captures made meanwhile are not to wait for all of it. */
const maxDue = 2_000;
const restMs = 1_000;

/**
 * Carries a run on, page by page, until it has ended, was stopped, rests, or has had its turn; the sweep rings again then.
 *
 * @throws what the database throws: nothing of that page was done, and the next job does it
 */
export async function runSelection(deps: EngineDeps, ref: RunRef, signal: AbortSignal): Promise<void> {
	let schema: SourceSchema | null = null;
	for (let pages = 0; pages < maxPages && !signal.aborted; pages += 1) {
		const run = await readRun(deps, ref);
		if (run === null) return;
		if (await isEngineBusy(deps, run)) return await rest(deps, run, { afterMs: restMs, problem: null });
		const owner = ownerOf(run);
		if (owner === null) return await fail(deps, run, ownerGone);
		try {
			schema ??= await askSchema(deps, run);
			const page = await askPage(deps, run, schema);
			const columns = travelling(schema, run.columns);
			const { connector, place } = { connector: connectorOf(deps, run.provider), place: run.place };
			const urlOf = (externalId: string) => connector.remoteUrl(place, externalId) ?? "";
			if (!(await takePage(deps, owner, { run, page, columns, urlOf }))) return;
			if (page.cursor === null || (page.afterMs ?? 0) > 0) return;
		} catch (error) {
			if (error instanceof Refused) return await settleFailure(deps, run, error.failure);
			if (error instanceof SheafError) return await fail(deps, run, problemOf(error.code, error.message, "retry"));
			throw error;
		}
	}
}

/** What the provider answered instead of a page. */
class Refused extends Error {
	override readonly name = "Refused";
	readonly failure: ConnectorFailure;

	constructor(failure: ConnectorFailure) {
		super(failure.message);
		this.failure = failure;
	}
}

function valueOrRefused<Value>(result: ConnectorResult<Value>): Value {
	if (result.kind === "ok") return result.value;
	throw new Refused(result);
}

const atOf = ({ workspaceId, connectionId, place }: CurrentRun) => ({
	workspaceId,
	connectionId,
	containerId: place.containerId,
});

async function askSchema(deps: EngineDeps, run: CurrentRun): Promise<SourceSchema> {
	const asked = await askSource(deps, atOf(run), (source, call) => source.schema(call, run.place));
	const schema = valueOrRefused(asked);
	refuseWithoutKey(schema);
	checkedFilter(run.filter, schema);
	return schema;
}

async function askPage(deps: EngineDeps, run: CurrentRun, schema: SourceSchema): Promise<SourcePage> {
	const { cursor, filter, search, place } = run;
	const columns = travelling(schema, run.columns);
	const query = { cursor, filter, search, limit: pageSize, columns, schema };
	return valueOrRefused(await askSource(deps, atOf(run), (source, call) => source.list(call, place, query)));
}

async function isEngineBusy({ database }: EngineDeps, { workspaceId, targetId }: CurrentRun): Promise<boolean> {
	const [counted] = await database.asTenant(
		workerOf(workspaceId),
		(sql) => sql<{ due: number }[]>`
			select count(*)::integer as due from (
				select 1 from sheaf.targets t
				join sheaf.deliveries d on d.workspace_id = t.workspace_id and d.target_id = t.id
					and d.state = 'pending' and d.next_attempt_at <= now()
				where t.workspace_id = (select sheaf.current_workspace()) and t.id = ${targetId} and t.status = 'active'
				limit ${maxDue}
			) busy`,
	);
	return (counted?.due ?? 0) >= maxDue;
}

async function settleFailure(deps: EngineDeps, run: CurrentRun, failure: ConnectorFailure): Promise<void> {
	const { reason, message } = failure;
	if (failure.kind === "later") {
		const afterMs = Math.max(failure.afterMs, restMs);
		return await rest(deps, run, { afterMs, problem: problemOf(reason, message, "retry") });
	}
	return await fail(deps, run, problemOf(reason, message, failure.kind === "reconnect" ? "reconnect" : "mend_target"));
}

function problemOf(code: string, message: string, action: RecordProblem["action"]): RecordProblem {
	return { code, message, action };
}

const ownerGone: RecordProblem = {
	code: "auth/forbidden",
	message: "Whoever made this selection may no longer add records here. Make it anew, and its rows are found again.",
	action: "retry",
};

async function rest(
	{ database }: EngineDeps,
	{ workspaceId, id, pages }: CurrentRun,
	{ afterMs, problem }: { afterMs: number; problem: RecordProblem | null },
): Promise<void> {
	await database.asTenant(workerOf(workspaceId), async (sql) => {
		await sql`
			update sheaf.selection_runs
			set next_at = now() + make_interval(secs => ${afterMs / 1_000}), updated_at = now(),
				problem = ${problem === null ? null : JSON.stringify(problem)}::text::jsonb
			where workspace_id = sheaf.current_workspace() and id = ${id} and status = 'running' and pages = ${pages}`;
	});
}

/** The run ends before its end: nothing is said to be gone, and what was taken in stays. */
async function fail({ database }: EngineDeps, run: CurrentRun, problem: RecordProblem): Promise<void> {
	const told = JSON.stringify(problem);
	await database.asTenant(workerOf(run.workspaceId), async (sql) => {
		await sql`
			with failed as (
				update sheaf.selection_runs
				set status = 'failed', finished_at = now(), updated_at = now(), problem = ${told}::text::jsonb
				where workspace_id = sheaf.current_workspace() and id = ${run.id} and status = 'running'
				returning selection_id
			)
			update sheaf.selections set problem = ${told}::text::jsonb, updated_at = now()
			where workspace_id = sheaf.current_workspace() and id in (select selection_id from failed)`;
	});
}
