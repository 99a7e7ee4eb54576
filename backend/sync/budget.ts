import type { AsService } from "../db/as-service.ts";
import { wait } from "./wait.ts";

/** A connector's pace in one budget scope. */
export type Budget = {
	/** Text key; no tenant data in it. */
	scope: string;
	requestsPerSecond: number;
};

export type Turn = { kind: "go" } | { kind: "blocked"; forMs: number } | { kind: "aborted" };

/**
 * Requests leave evenly, a little slower than allowed. The 2 % are for the network: two requests that left 200 ms apart
 * may arrive 196 ms apart, and the sixth in one second costs 30 s of penalty.
 */
const slack = 1.02;

/** A block this short is waited for with the rows in hand; a longer one gives them back. */
const patienceMs = 2_000;

/**
 * Waits for the next free slot of the scope, which all workers share (SYNC-4): one statement moves the scope's next free
 * moment on (generic cell rate algorithm without bursts), and the wait is outside of any transaction. The database's
 * clock counts, so that workers need not agree on the time.
 */
export async function takeTurn(asService: AsService, budget: Budget, signal: AbortSignal): Promise<Turn> {
	const intervalMs = intervalOf(budget);
	const waitMs = await asService("reserve a provider request", async (sql) => {
		const [slot] = await sql<{ waitMs: number }[]>`
			insert into sheaf.provider_budgets as b (scope, next_free_at)
			values (${budget.scope}, clock_timestamp() + ${intervalMs} * interval '1 millisecond')
			on conflict (scope) do update set next_free_at =
				greatest(b.next_free_at, b.blocked_until, clock_timestamp()) + ${intervalMs} * interval '1 millisecond'
			where b.blocked_until <= clock_timestamp() + ${patienceMs} * interval '1 millisecond'
			returning (extract(epoch from b.next_free_at - clock_timestamp()) * 1000 - ${intervalMs})::float8 as wait_ms`;
		return slot?.waitMs ?? null;
	});
	if (waitMs !== null) await wait(waitMs, signal);
	if (signal.aborted) return { kind: "aborted" };
	// Meanwhile another worker may have run into the provider's limit.
	const forMs = await blockedForMs(asService, budget.scope);
	return forMs > 0 ? { kind: "blocked", forMs } : { kind: "go" };
}

function intervalOf({ requestsPerSecond }: Budget): number {
	return (1_000 / requestsPerSecond) * slack;
}

/** How long the scope is still blocked; 0 when it is not. */
export async function blockedForMs(asService: AsService, scope: string): Promise<number> {
	return await asService("look whether a provider is blocked", async (sql) => {
		const [row] = await sql<{ forMs: number }[]>`
			select greatest(0, extract(epoch from blocked_until - clock_timestamp()) * 1000)::float8 as for_ms
			from sheaf.provider_budgets where scope = ${scope} and blocked_until > clock_timestamp()`;
		return row?.forMs ?? 0;
	});
}

/** The provider said "too fast": nobody sends anything in this scope until the penalty is over. */
export async function blockScope(asService: AsService, scope: string, forMs: number): Promise<void> {
	await asService("block a provider's budget", async (sql) => {
		await sql`
			insert into sheaf.provider_budgets as b (scope, next_free_at, blocked_until)
			values (${scope}, clock_timestamp(), clock_timestamp() + ${forMs} * interval '1 millisecond')
			on conflict (scope) do update set blocked_until = greatest(b.blocked_until, excluded.blocked_until)`;
	});
}
