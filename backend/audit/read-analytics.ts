import type { Analytics, AnalyticsQuery } from "../contract/activity.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Transaction } from "../db/connect.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { addCounts, waitQuantile } from "./wait-buckets.ts";

type Deps = { database: { asTenant: AsTenant }; clock?: () => number };

type Counts = { delivered: number; refused: number; retried: number; waits: number[] };
type HourRow = Counts & { day: string };
type Range = { days: readonly string[]; timeZone: string; targetId: string | null };

const nothing: Counts = { delivered: 0, refused: 0, retried: 0, waits: [] };

/**
 * What was delivered day by day, and why attempts failed. Hours are put into the days of `timeZone`; where a zone is off by half an
 * hour, the hour around midnight counts for the day it begins in.
 *
 * @throws SheafError `request/invalid` for a time zone that is none
 */
export async function readAnalytics(deps: Deps, principal: Principal, query: AnalyticsQuery): Promise<Analytics> {
	const timeZone = query.timeZone ?? "UTC";
	const days = daysUntil((deps.clock ?? Date.now)(), timeZone, query.days ?? 30);
	const range = { days, timeZone, targetId: query.targetId ?? null };
	return await deps.database.asTenant(principal, async (sql) => {
		const byDay = new Map<string, Counts>();
		for (const { day, ...counts } of await readHours(sql, range)) {
			byDay.set(day, summed(byDay.get(day) ?? nothing, counts));
		}
		const total = [...byDay.values()].reduce(summed, nothing);
		return {
			days: days.map((day) => ({ day, ...told(byDay.get(day) ?? nothing) })),
			total: { ...told(total), successRate: successRate(total) },
			problems: await readProblems(sql, range),
		};
	});
}

async function readHours(sql: Transaction, { days, timeZone, targetId }: Range): Promise<readonly HourRow[]> {
	return await sql<HourRow[]>`
		select to_char(hour at time zone ${timeZone}, 'YYYY-MM-DD') as day, delivered, refused, retried, waits
		from sheaf.delivery_hours
		where workspace_id = sheaf.current_workspace() and hour >= ${days[0] ?? ""}::text::timestamp at time zone ${timeZone}
			and (${targetId}::uuid is null or target_id = ${targetId}::uuid)`;
}

async function readProblems(sql: Transaction, { days, timeZone, targetId }: Range): Promise<Analytics["problems"]> {
	return await sql<Analytics["problems"]>`
		select code, sum(attempts)::integer as attempts from sheaf.delivery_problems
		where workspace_id = sheaf.current_workspace() and hour >= ${days[0] ?? ""}::text::timestamp at time zone ${timeZone}
			and (${targetId}::uuid is null or target_id = ${targetId}::uuid)
		group by code order by attempts desc, code`;
}

function summed(one: Counts, other: Counts): Counts {
	return {
		delivered: one.delivered + other.delivered,
		refused: one.refused + other.refused,
		retried: one.retried + other.retried,
		waits: addCounts(one.waits, other.waits),
	};
}

function told({ waits, ...counts }: Counts) {
	return { ...counts, medianWaitMs: waitQuantile(waits, 0.5), p95WaitMs: waitQuantile(waits, 0.95) };
}

function successRate({ delivered, refused }: Counts): number | null {
	return delivered + refused === 0 ? null : delivered / (delivered + refused);
}

const dayMs = 86_400_000;

/** The last days of a zone, today being the last, as `YYYY-MM-DD`. */
function daysUntil(now: number, timeZone: string, count: number): string[] {
	const today = Date.parse(`${dayIn(timeZone, now)}T00:00:00Z`);
	return Array.from({ length: count }, (_, back) =>
		new Date(today - (count - 1 - back) * dayMs).toISOString().slice(0, 10),
	);
}

function dayIn(timeZone: string, at: number): string {
	try {
		// Swedish writes dates as ISO 8601 does.
		return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(at);
	} catch {
		throw new SheafError("request/invalid", `"${timeZone}" is no time zone. Choose one like Europe/Lisbon.`);
	}
}
