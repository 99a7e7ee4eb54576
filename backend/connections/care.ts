import type { Logger } from "pino";
import type { AsService } from "../db/as-service.ts";
import { ringLanes } from "../records/ring-lanes.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { wait } from "../sync/wait.ts";
import { askConnection } from "./ask-connection.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { freshCredential, type Place } from "./fresh-credential.ts";
import { noteSuccess, noteTrouble } from "./standing.ts";

/** What looking after the accounts takes; names are not among it. */
export type CareDeps = Omit<ConnectionDeps, "database"> & {
	database: Pick<ConnectionDeps["database"], "asTenant" | "asService">;
	log: Pick<Logger, "warn">;
};

const everyMs = 5_000;
/** In one round; what is left is due in the next. */
const atMost = 50;
const atOnce = 4;

/**
 * Looks after the accounts of all workspaces until the signal is aborted: renews access before it ends (ACC-3) and asks now and then
 * whether it still works (ACC-4). A loop and no schedule of the queue: what is due stands in the tables, so that nothing is forgotten
 * with the queue, and every worker may run it, because a lease and a moved moment let one of them act.
 */
export async function startCare(deps: CareDeps, signal: AbortSignal, intervalMs: number = everyMs): Promise<void> {
	while (!signal.aborted) {
		try {
			await careOnce(deps, signal);
		} catch (error) {
			deps.log.warn({ err: error }, "the accounts could not be looked after; it is tried again");
		}
		await wait(intervalMs, signal);
	}
}

/** One round. */
export async function careOnce(deps: CareDeps, signal: AbortSignal): Promise<void> {
	const { asService } = deps.database;
	const [renewals, checks] = [await findRenewals(asService), await findChecks(asService)];
	await eachOf(
		{ log: deps.log, signal },
		renewals,
		async (place) => void (await freshCredential(deps, place, { signal })),
	);
	await eachOf({ log: deps.log, signal }, checks, (place) => checkConnection(deps, place));
}

async function findRenewals(asService: AsService): Promise<Place[]> {
	return await asService("find accounts whose access ends soon", async (sql) => [
		...(await sql<Place[]>`
			select workspace_id, id as connection_id from sheaf.connections
			where refresh_at <= now() and status not in ('revoked', 'expired', 'disconnected')
			order by refresh_at limit ${atMost}`),
	]);
}

async function findChecks(asService: AsService): Promise<Place[]> {
	return await asService("find accounts that are to be checked", async (sql) => [
		...(await sql<Place[]>`
			select workspace_id, id as connection_id from sheaf.connections
			where next_check_at <= now() and status not in ('revoked', 'expired', 'disconnected')
			order by next_check_at limit ${atMost}`),
	]);
}

/** A few at a time; one that fails is told of, and stops none of the others. */
async function eachOf(
	{ log, signal }: { log: CareDeps["log"]; signal: AbortSignal },
	places: readonly Place[],
	work: (place: Place) => Promise<void>,
): Promise<void> {
	const left = [...places];
	const worker = async () => {
		for (let place = left.shift(); place !== undefined && !signal.aborted; place = left.shift()) {
			try {
				await work(place);
			} catch (error) {
				log.warn({ connectionId: place.connectionId, err: error }, "an account could not be looked after");
			}
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Asks the provider whose account it is, if no other worker is just doing so, and notes what that says. */
export async function checkConnection(deps: CareDeps, place: Place): Promise<void> {
	if (!(await claimCheck(deps, place))) return;
	const result = await askConnection(deps, place, (call, connector) => connector.identify(call));
	const { workspaceId, connectionId } = place;
	const lanes = await deps.database.asTenant(workerOf(workspaceId), async (sql) => {
		if (result.kind === "ok") return await noteSuccess(sql, connectionId);
		// A refusal that stands has been noted where it was heard.
		if (result.kind === "reconnect") return [];
		const problem = { code: result.reason, message: result.message, action: "retry" as const };
		await noteTrouble(sql, { connectionId, problem });
		return [];
	});
	ringLanes(deps, workspaceId, lanes);
}

/**
 * Moves the moment of the next check, so that one worker alone makes this one: every six hours while all is well or paused, sooner
 * while it fails (one minute, doubling up to an hour), and at the moments from which an end comes near.
 */
async function claimCheck({ database }: CareDeps, { workspaceId, connectionId }: Place): Promise<boolean> {
	const claimed = await database.asTenant(
		workerOf(workspaceId),
		(sql) => sql`
			update sheaf.connections set next_check_at = case
				when status in ('failing', 'rate_limited') then now() + least(interval '1 minute' * power(2, least(failures, 6)), interval '1 hour')
				when expires_at > now() then least(now() + interval '6 hours', expires_at)
				else now() + interval '6 hours' end
			where workspace_id = sheaf.current_workspace() and id = ${connectionId} and next_check_at <= now()
			returning 1`,
	);
	return claimed.length > 0;
}
