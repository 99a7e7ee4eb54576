import type { AsService } from "../db/as-service.ts";

/** A connector's pace in one budget scope. */
export type Budget = {
	/** Text key; no tenant data in it. */
	scope: string;
	requestsPerSecond: number;
	/** Where the provider counts some requests apart from others. */
	kind?: string | undefined;
};

/**
 * Requests leave evenly, a little slower than allowed. The 2 % are for the network: two requests that left 200 ms apart
 * may arrive 196 ms apart, and the sixth in one second costs 30 s of penalty.
 */
const slack = 1.02;

/** A block this short is waited for with the rows in hand; a longer one gives them back. */
const patienceMs = 2_000;

/** The moments at which requests may leave: the first one from now, the others after it. */
export type Slots = { inMs: number; everyMs: number };

/**
 * Takes the next `count` free slots of the scope, which all workers share (SYNC-4): one statement moves the scope's next free moment
 * on (generic cell rate algorithm without bursts). The database's clock counts, so that workers need not agree on the time.
 *
 * @returns null while the scope is blocked
 */
export async function reserveSlots(asService: AsService, budget: Budget, count: number): Promise<Slots | null> {
	const everyMs = intervalOf(budget);
	const inMs = await asService("reserve provider requests", async (sql) => {
		const [slot] = await sql<{ inMs: number }[]>`
			insert into sheaf.provider_budgets as b (scope, next_free_at)
			values (${lineOf(budget)}, clock_timestamp() + ${count * everyMs} * interval '1 millisecond')
			on conflict (scope) do update set next_free_at =
				greatest(b.next_free_at, b.blocked_until, clock_timestamp()) + ${count * everyMs} * interval '1 millisecond'
			where b.blocked_until <= clock_timestamp() + ${patienceMs} * interval '1 millisecond'
			returning (extract(epoch from b.next_free_at - clock_timestamp()) * 1000 - ${count * everyMs})::float8 as in_ms`;
		return slot?.inMs ?? null;
	});
	return inMs === null ? null : { inMs, everyMs };
}

/** Kinds of requests that a provider counts apart have a line each; a block holds for all of them. */
export function lineOf({ scope, kind }: Budget): string {
	return kind === undefined ? scope : `${scope} ${kind}`;
}

function intervalOf({ requestsPerSecond }: Budget): number {
	return (1_000 / requestsPerSecond) * slack;
}

/** How long the scope is still blocked; 0 when it is not. Another worker may have run into the provider's limit. */
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
