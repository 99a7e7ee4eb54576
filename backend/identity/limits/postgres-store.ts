import type { AsIdentity } from "../../db/as-identity.ts";
import type { Hit, RateLimitStore } from "./rate-limit-store.ts";

/** Counts in `sheaf.rate_limits`; `sweep.ts` deletes what has run out. */
export function createPostgresLimits(asIdentity: AsIdentity): RateLimitStore {
	return {
		count: async (hits) => {
			const rows = await asIdentity(async (sql) => {
				// A counter may be lost in a crash; without this each hit would wait for the disk.
				await sql`set local synchronous_commit = off`;
				// In one order, or two requests that count the same two windows could each wait for the other.
				return await sql<{ key: string; hits: number }[]>`
					insert into sheaf.rate_limits as r (key, window_start, hits)
					select decode(given.key, 'hex'), given.start, 1
					from unnest(${hits.map(nameOf)}::text[], ${hits.map(startOf)}::timestamptz[]) as given (key, start)
					order by given.key
					on conflict (key, window_start) do update set hits = r.hits + 1
					returning encode(key, 'hex') as key, hits`;
			});
			const counts = new Map(rows.map((row) => [row.key, row.hits]));
			return hits.map((hit) => counts.get(nameOf(hit)) ?? 1);
		},
		forget: async ({ key }) => {
			await asIdentity((sql) => sql`delete from sheaf.rate_limits where key = ${key}`);
		},
	};
}

function nameOf({ key }: Hit): string {
	return key.toString("hex");
}

function startOf({ windowStart }: Hit): string {
	return windowStart.toISOString();
}
