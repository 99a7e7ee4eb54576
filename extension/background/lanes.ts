import { ApiFailure } from "../api/api-failure.ts";
import type { Client } from "../api/client.ts";
import { note } from "../diagnostics/note.ts";
import type { OneAtATime } from "../messages/one-at-a-time.ts";
import { type Access, openWith } from "../outbox/access.ts";
import type { OutboxDatabase } from "../outbox/database.ts";
import { type FlushOutcome, flushOutbox } from "../outbox/flush.ts";
import { outboxName } from "../outbox/outbox.ts";
import { waitsOf } from "../outbox/queue.ts";
import { refreshRecords } from "../outbox/refresh.ts";
import { type Account, maySendTo } from "../settings/account.ts";

export type LaneDeps = {
	locks: OneAtATime;
	account: () => Promise<Account | null>;
	/** Of whoever is current. */
	database: () => Promise<OutboxDatabase>;
	deviceId: () => Promise<string>;
	online: () => boolean;
	/** Clients that speak for this person, each in one workspace, and for nobody else. */
	clientsOf: (userId: string) => (workspaceId: string) => Client;
	/** Whether the server says that the person is not in that workspace. @throws ApiFailure */
	isClosed: (place: { userId: string; workspaceId: string }) => Promise<boolean>;
	/** Has the server say anew who the person is and what they may do. @throws ApiFailure */
	refreshAccount: () => Promise<unknown>;
	/** How long a sign-out waits for the last records to go. */
	lastFlushMs?: number;
};

/** The ways between this device and the server's workspaces, for the person who is signed in. */
export type Lanes = {
	/** Sends what is due, to each record's own workspace. */
	flush(): Promise<{ nextAt: number | null }>;
	/** Asks what the person may do while something waits for just that: nobody tells this device that a role was raised. Never rejects. */
	lookAtRole(): Promise<void>;
	/** Asks how the sent records stand, in every workspace the person belongs to. */
	refresh(): Promise<{ changed: number }>;
	/** Before a sign-out: sends what goes within seconds. Never rejects. */
	lastFlush(): Promise<void>;
};

type Lane = {
	signedIn: Account;
	workspaceId: string;
	database: OutboxDatabase;
	clientFor: (workspaceId: string) => Client;
	isGone: (workspaceId: string) => Promise<boolean>;
	access: () => Promise<Access>;
	lookAgain: () => Promise<boolean>;
};

/** A person who signs out does not wait longer; what has not gone is sealed and sent after the next sign-in. */
const lastFlushMs = 5_000;

export const createLanes = (deps: LaneDeps): Lanes => ({
	flush: async () => {
		const lane = await ownLane(deps);
		return lane === null ? { nextAt: null } : await noted(flushOutbox({ ...lane, locks: deps.locks }));
	},
	lookAtRole: async () => {
		const lane = await ownLane(deps).catch(() => null);
		if (lane === null) return;
		const waits = await waitsOf(lane.database, openWith(await lane.access())).catch(() => null);
		if (waits?.held) await lane.lookAgain();
	},
	refresh: async () => {
		const lane = await ownLane(deps);
		const began = performance.now();
		const changed = lane === null ? 0 : await refreshAll(lane);
		if (changed > 0) note("records.refreshed", { changed, ms: performance.now() - began });
		return { changed };
	},
	lastFlush: async () => {
		const signal = AbortSignal.timeout(deps.lastFlushMs ?? lastFlushMs);
		const over = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
		await Promise.race([flushNow(deps, signal).catch(() => undefined), over]);
	},
});

/** That there was nothing to send is nothing to tell. */
const noted = async (flushing: Promise<FlushOutcome>): Promise<FlushOutcome> => {
	const began = performance.now();
	const outcome = await flushing;
	const { kind, accepted } = outcome;
	if (accepted > 0 || (kind !== "done" && kind !== "busy")) {
		note("flush.ended", { outcome: kind, accepted, ms: performance.now() - began });
	}
	return outcome;
};

/** The signed-in person's outbox and clients; null for a guest, and while it is not known where they work. */
const ownLane = async (deps: LaneDeps): Promise<Lane | null> => {
	const signedIn = await deps.account();
	if (!signedIn?.workspaceId) return null;
	const database = await deps.database();
	const { userId, workspaceId } = signedIn;
	if (database.name !== outboxName({ userId, deviceId: await deps.deviceId() })) return null;
	const isKnown = (id: string) => signedIn.workspaces.some((workspace) => workspace.id === id);
	// The list may be older than the place: the server has the word, and without an answer nothing is concluded.
	const isGone = async (id: string) =>
		!isKnown(id) && (await deps.isClosed({ userId, workspaceId: id }).catch(() => false));
	const lookAgain = () =>
		deps.refreshAccount().then(
			() => true,
			() => false,
		);
	const more = { access: () => accessOf(deps, signedIn), lookAgain };
	return { signedIn, workspaceId, database, clientFor: deps.clientsOf(userId), isGone, ...more };
};

/** As the account says now; whoever has left since is left to their clients, which get no token any more. */
const accessOf = async (deps: LaneDeps, signedIn: Account): Promise<Access> => {
	const stored = await deps.account();
	const now = stored?.userId === signedIn.userId ? stored : signedIn;
	return { workspaceId: now.workspaceId ?? "", mayWrite: (workspaceId) => maySendTo(now, workspaceId) };
};

const refreshAll = async ({ signedIn, workspaceId, database, clientFor }: Lane): Promise<number> => {
	let changed = 0;
	for (const id of new Set([workspaceId, ...signedIn.workspaces.map((workspace) => workspace.id)])) {
		try {
			changed += (await refreshRecords({ database, workspaceId: id, client: clientFor(id) })).changed;
		} catch (error) {
			// What is stored there stays with that workspace; the others' news is not held up by it (I5).
			if (!(error instanceof ApiFailure) || error.code !== "client/workspace-gone") throw error;
		}
	}
	return changed;
};

const flushNow = async (deps: LaneDeps, signal: AbortSignal): Promise<void> => {
	const lane = deps.online() ? await ownLane(deps) : null;
	if (lane === null) return;
	const { kind } = await flushOutbox({ ...lane, locks: deps.locks, signal });
	// Another flusher has what is due: the lock is free when it has sent it.
	if (kind === "busy") await deps.locks.inTurn(`${lane.database.name}/flush`, async () => undefined);
};
