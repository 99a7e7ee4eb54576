import type { RecordProblem } from "../contract/errors.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { retryDelayMs } from "./retry-delay.ts";
import type { Sent } from "./send-event.ts";

/** How long everything rests at most when nothing of a batch arrived. */
const longestRestMs = 300_000;

/**
 * Writes what came of a batch with one statement. A result of an attempt that another one has overtaken changes nothing. Pauses the
 * hook when it said that it is gone, or when an event failed for the last time.
 */
export async function settleEvents(
	asTenant: AsTenant,
	{ workspaceId, hookId, results }: { workspaceId: string; hookId: string; results: readonly Sent[] },
): Promise<void> {
	const rows = results.map(({ outcome, afterMs, ...sent }) => {
		const delayMs = outcome === "later" ? retryDelayMs(sent.attempts, afterMs) : null;
		const failed = outcome === "later" && delayMs === null ? "given_up" : "pending";
		return { ...sent, state: outcome === "delivered" ? outcome : failed, delayMs: delayMs ?? 0 };
	});
	const allFailed = results.every(({ outcome }) => outcome === "later");
	const restMs = allFailed ? Math.min(longestRestMs, ...rows.map(({ delayMs }) => delayMs)) : 0;
	const problem = problemOf(results, rows);
	await asTenant(workerOf(workspaceId), async (sql) => {
		await writeResults(sql, { hookId, rows, restMs });
		if (problem !== null) await pauseHook(sql, { hookId, problem });
	});
}

function problemOf(results: readonly Sent[], rows: readonly { state: string }[]): RecordProblem | null {
	if (results.some(({ outcome }) => outcome === "gone")) {
		return {
			code: "events/hook-gone",
			message: "The receiver says that it wants no more events. Resume the hook if it should get them again.",
			action: "retry",
		};
	}
	if (!rows.some(({ state }) => state === "given_up")) return null;
	return {
		code: "events/hook-failing",
		message:
			"The receiver took no events for three days. Mend it, then resume the hook; what still waits is sent then.",
		action: "retry",
	};
}

type Writing = { hookId: string; rows: readonly object[]; restMs: number };

async function writeResults(sql: Transaction, { hookId, rows, restMs }: Writing): Promise<void> {
	await sql`
		with results as (
			select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
				as x("eventId" uuid, attempts integer, state text, "delayMs" float8, answer text)
		), settled as (
			update sheaf.event_deliveries d
			set state = r.state, last_answer = r.answer, next_attempt_at = now() + r."delayMs" * interval '1 millisecond',
				delivered_at = case when r.state = 'delivered' then now() end
			from results r
			where d.workspace_id = sheaf.current_workspace() and d.hook_id = ${hookId} and d.event_id = r."eventId"
				and d.state = 'pending' and d.attempts = r.attempts
		)
		update sheaf.event_deliveries d
		set next_attempt_at = greatest(d.next_attempt_at, now() + ${restMs} * interval '1 millisecond')
		where ${restMs > 0} and d.workspace_id = sheaf.current_workspace() and d.hook_id = ${hookId} and d.state = 'pending'
			and d.next_attempt_at < now() + ${restMs} * interval '1 millisecond'
			and d.event_id not in (select "eventId" from results)`;
}

/** What waits is kept, due when the hook goes on. */
export async function pauseHook(
	sql: Transaction,
	{ hookId, problem }: { hookId: string; problem: RecordProblem | null },
): Promise<void> {
	await sql`
		with paused as (
			update sheaf.event_hooks
			set status = 'paused', problem = ${problem === null ? null : JSON.stringify(problem)}::text::jsonb, updated_at = now()
			where workspace_id = sheaf.current_workspace() and id = ${hookId}
			returning owner_id, id
		), resting as (
			update sheaf.event_deliveries d set next_attempt_at = 'infinity' from paused p
			where d.workspace_id = sheaf.current_workspace() and d.hook_id = p.id and d.state = 'pending'
		)
		insert into sheaf.audit_log (owner_id, action, subject_type, subject_id, outcome)
		select owner_id, 'event_hook.pause', 'event_hook', id, ${problem === null ? "stored" : problem.code} from paused`;
}
