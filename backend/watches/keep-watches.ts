import { askConnection } from "../connections/ask-connection.ts";
import type { ConnectorResult } from "../connectors/connector.ts";
import type { OpenedWatch, StandingWatch } from "../connectors/watch.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { fetchChanges } from "./fetch-changes.ts";
import { type DueWatch, findDueWatches, findForsaken, findUnwatched, type Unwatched } from "./find-watches.ts";
import { noticeUrlOf } from "./notice-address.ts";
import { claimWatch, rest, type StoredWatch, storeFailure, storeOpened, storeRenewed } from "./stored-watch.ts";
import type { WatchDeps } from "./watch-deps.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A provider that does not want a watch here (a missing scope, as many as there may be) is asked again so seldom. */
const refusedMs = dayMs;
const longestBackOffMs = 6 * hourMs;
/** How often a standing watch asks whether it still stands for the same account. */
const standingMs = 7 * dayMs;
/** For a watch whose end is not known. */
const endlessMs = 2 * dayMs;

/**
 * One round: opens what is missing, renews what ends soon, fetches what it was told of, and closes what nobody needs. The network is
 * asked outside of any transaction; who moves a watch's `next_at` tends it, so that every worker may run this.
 */
export async function keepOnce(deps: WatchDeps, signal: AbortSignal): Promise<void> {
	const { asService } = deps.database;
	const kinds = kindsOf(deps);
	for (const place of await findUnwatched(asService, kinds)) await insertWatch(deps, place);
	const reachable = deps.noticesUrl !== null;
	const all = [...deps.connectors.values()].filter(({ watch }) => watch?.kind === "opened");
	const opened = all.map(({ manifest }) => manifest.id);
	for (const watch of await findForsaken(asService, { opened, reachable })) {
		await each(deps, watch, { signal, work: closeWatch });
	}
	for (const watch of await findDueWatches(asService)) await each(deps, watch, { signal, work: tendWatch });
}

/** Where nobody can reach us, no watch is opened. One that stands is the operator's, and asks for nothing. */
function kindsOf({ connectors, noticesUrl }: WatchDeps): { opened: string[]; standing: string[] } {
	const ids = (kind: "opened" | "standing") =>
		[...connectors.values()].filter(({ watch }) => watch?.kind === kind).map(({ manifest }) => manifest.id);
	return { opened: noticesUrl === null ? [] : ids("opened"), standing: ids("standing") };
}

type Work = (deps: WatchDeps, watch: DueWatch) => Promise<void>;

async function each(
	deps: WatchDeps,
	watch: DueWatch,
	{ signal, work }: { signal: AbortSignal; work: Work },
): Promise<void> {
	if (signal.aborted) return;
	try {
		await work(deps, watch);
	} catch (error) {
		deps.log.warn({ watchId: watch.id, err: error }, "a watch could not be tended");
	}
}

/** Belongs to whoever connected the account. */
async function insertWatch(
	{ database }: WatchDeps,
	{ workspaceId, connectionId, containerId }: Unwatched,
): Promise<void> {
	await database.asTenant(
		workerOf(workspaceId),
		(sql) => sql`
			insert into sheaf.watches (owner_id, connection_id, provider, container_id)
			select owner_id, id, provider, ${containerId} from sheaf.connections
			where workspace_id = sheaf.current_workspace() and id = ${connectionId}
			on conflict (workspace_id, connection_id, container_id) do nothing`,
	);
}

async function tendWatch(deps: WatchDeps, { workspaceId, id, provider }: DueWatch): Promise<void> {
	const watch = deps.connectors.get(provider)?.watch;
	if (watch === undefined) return;
	const renewAheadMs = watch.kind === "opened" ? watch.renewAheadMs : 0;
	const stored = await deps.database.asTenant(workerOf(workspaceId), (sql) => claimWatch(sql, { id, renewAheadMs }));
	if (stored === null) return;
	const tending = { deps, workspaceId, stored };
	if (watch.kind === "standing") await stand(tending, watch);
	else if (stored.remoteId === null) await open(tending, watch);
	else await keep(tending, watch, stored.remoteId);
}

type Tending = { deps: WatchDeps; workspaceId: string; stored: StoredWatch };

async function open({ deps, workspaceId, stored }: Tending, watch: OpenedWatch): Promise<void> {
	const { id, containerId, connectionId } = stored;
	if (deps.noticesUrl === null) return;
	const noticeUrl = noticeUrlOf(deps.noticesUrl, { workspaceId, id });
	const opened = await askConnection(deps, { workspaceId, connectionId, containerId }, (call) =>
		watch.open(call, { containerId, noticeUrl }),
	);
	if (opened.kind !== "ok") return await failed({ deps, workspaceId, stored }, opened);
	const { watchId, secret, expiresAt } = opened.value;
	const secretJwe = await deps.vault.seal({ secret });
	const nextInMs = untilRenewal(watch, expiresAt);
	await deps.database.asTenant(workerOf(workspaceId), (sql) =>
		storeOpened(sql, { id, remoteId: watchId, secretJwe, expiresAt, nextInMs }),
	);
}

/** Renews it ahead of its end, and fetches what happened: also what a notice was lost about. */
async function keep(tending: Tending, watch: OpenedWatch, watchId: string): Promise<void> {
	const { deps, workspaceId, stored } = tending;
	const { id, containerId, connectionId } = stored;
	const place = { containerId, watchId };
	let forMs = endlessMs;
	if (stored.ending || !stored.noticed) {
		const renewed = await askConnection(deps, { workspaceId, connectionId, containerId }, (call) =>
			watch.renew(call, place),
		);
		if (renewed.kind !== "ok") return await failed(tending, renewed);
		if (renewed.value.kind === "gone") return await lost(tending);
		const { expiresAt } = renewed.value;
		forMs = untilRenewal(watch, expiresAt);
		await deps.database.asTenant(workerOf(workspaceId), (sql) => storeRenewed(sql, { id, expiresAt }));
	}
	const fetched = await fetchChanges(deps, { workspaceId, stored, place }, watch);
	if (fetched.kind === "gone") return await lost(tending);
	if (fetched.kind !== "fetched") return await failed(tending, fetched);
	await deps.database.asTenant(workerOf(workspaceId), (sql) => rest(sql, { id, forMs }));
}

/** It ran out, or somebody deleted it there: a new one is opened in the next round. */
async function lost({ deps, workspaceId, stored: { id } }: Tending): Promise<void> {
	await deps.database.asTenant(workerOf(workspaceId), (sql) => storeFailure(sql, { id, state: "waiting", forMs: 0 }));
}

async function stand(tending: Tending, watch: StandingWatch): Promise<void> {
	const { deps, workspaceId, stored } = tending;
	const { id, connectionId } = stored;
	const subject = await askConnection(deps, { workspaceId, connectionId }, (call) => watch.subject(call));
	if (subject.kind !== "ok") return await failed(tending, subject);
	const remoteId = subject.value;
	await deps.database.asTenant(workerOf(workspaceId), async (sql) => {
		if (remoteId === null) await storeFailure(sql, { id, state: "waiting", forMs: refusedMs });
		else await storeOpened(sql, { id, remoteId, secretJwe: null, expiresAt: null, nextInMs: standingMs });
	});
}

async function failed(
	{ deps, workspaceId, stored: { id, failures, state } }: Tending,
	failure: Exclude<ConnectorResult<never>, { kind: "ok" }>,
): Promise<void> {
	const backOffMs = Math.min(60_000 * 2 ** Math.min(failures, 10), longestBackOffMs);
	const forMs = failure.kind === "later" ? Math.max(failure.afterMs, backOffMs) : refusedMs;
	// While the account is refused its watch lives on; a provider that wants none here has none.
	const after = failure.kind === "refused" ? "waiting" : state;
	await deps.database.asTenant(workerOf(workspaceId), (sql) => storeFailure(sql, { id, state: after, forMs }));
}

function untilRenewal({ renewAheadMs }: OpenedWatch, expiresAt: string | null): number {
	return expiresAt === null ? endlessMs : Math.max(hourMs, Date.parse(expiresAt) - Date.now() - renewAheadMs);
}

/** Ends it at the provider and forgets it. One that cannot be ended now runs out by itself. */
async function closeWatch(deps: WatchDeps, { workspaceId, id, provider }: DueWatch): Promise<void> {
	const watch = deps.connectors.get(provider)?.watch;
	const [stored] = await deps.database.asTenant(
		workerOf(workspaceId),
		(sql) => sql<Pick<StoredWatch, "connectionId" | "containerId" | "remoteId">[]>`
			delete from sheaf.watches where workspace_id = sheaf.current_workspace() and id = ${id}
			returning connection_id, container_id, remote_id`,
	);
	if (watch?.kind !== "opened" || stored === undefined || stored.remoteId === null) return;
	const { connectionId, containerId, remoteId: watchId } = stored;
	await askConnection(deps, { workspaceId, connectionId, containerId }, (call) =>
		watch.close(call, { containerId, watchId }),
	);
}
