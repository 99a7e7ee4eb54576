import type { AsService } from "../db/as-service.ts";
import { type Doors, type PacedDoors, paceDoors } from "../sync/paced-http.ts";
import type { Asking } from "../sync/turns.ts";
import { wait } from "../sync/wait.ts";

/** Turns that are not free for longer than this many intervals belong to somebody else who is in a row there. */
const ownIntervals = 1.5;
/** One's own last request is waited for; after that, whoever is still before us goes on. */
const tries = 3;

/**
 * Doors for what can wait: a request leaves only while nobody else wants a turn of the provider's budget, so that looking at rows
 * takes no delivery's turn. What comes while such a request is on its way waits for one turn at most. Once somebody else is
 * there, nothing more of this call leaves, and `heldBack` says so.
 */
export function spareDoors(asService: AsService, asking: Asking, doors: Doors): PacedDoors {
	const paced = paceDoors(asService, asking, doors);
	let busy = false;
	const failures: unknown[] = [];
	const mayGo = async (signal: AbortSignal): Promise<boolean> => {
		if (busy) return false;
		try {
			busy = !(await isSpare(asService, asking, signal));
		} catch (error) {
			failures.push(error);
			busy = true;
		}
		return !busy;
	};
	const notSent = { kind: "unanswered", reason: "aborted" } as const;
	const { http, dial } = paced.doors;
	return {
		turn: async (signal) => (await mayGo(signal)) && (await paced.turn(signal)),
		doors: {
			http: async (request) => ((await mayGo(request.signal)) ? await http(request) : notSent),
			...(dial === undefined
				? {}
				: { dial: async (place) => ((await mayGo(place.signal)) ? await dial(place) : notSent) }),
		},
		heldBack: () => {
			if (failures.length > 0) throw failures[0];
			return paced.heldBack() ?? (busy ? { forMs: 0 } : null);
		},
	};
}

async function isSpare(
	asService: AsService,
	{ scope, requestsPerSecond }: Asking,
	signal: AbortSignal,
): Promise<boolean> {
	const longestMs = (1_000 / requestsPerSecond) * ownIntervals;
	for (let left = tries; left > 0 && !signal.aborted; left -= 1) {
		const waitMs = await freeInMs(asService, scope);
		if (waitMs <= 0) return true;
		if (waitMs > longestMs) return false;
		await wait(waitMs, signal);
	}
	return false;
}

/** In every line of the scope: kinds of requests that the provider counts apart have one each (`lineOf` in `sync/budget.ts`). */
async function freeInMs(asService: AsService, scope: string): Promise<number> {
	return await asService("look whether a provider has nothing else to do", async (sql) => {
		const [row] = await sql<{ waitMs: number }[]>`
			select coalesce(max(extract(epoch from greatest(next_free_at, blocked_until) - clock_timestamp()) * 1000), 0)::float8
				as wait_ms
			from sheaf.provider_budgets where scope = ${scope} or starts_with(scope, ${scope} || ' ')`;
		return row?.waitMs ?? 0;
	});
}
