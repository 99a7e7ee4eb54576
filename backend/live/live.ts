import type { Logger } from "pino";
import type { AsTenant } from "../db/as-tenant.ts";
import { type Listener, type ListenSettings, listenForever } from "../db/listen.ts";
import type { Principal } from "../db/principal.ts";
import { LiveStream } from "./live-stream.ts";
import { openCursor, readChanges } from "./read-changes.ts";
import { createStreamSet, noRoom, type StreamSet } from "./stream-set.ts";
import { createTurns } from "./turns.ts";

/** Who is told of changes as they happen, by this process. */
export type Live = {
	/**
	 * @throws SheafError `live/too-many-streams` when this person has enough of them, `server/unavailable` when this process has; both say when
	 * to come back
	 */
	open(member: LiveMember): Promise<ReadableStream<Uint8Array>>;
	/**
	 * Calls whenever somebody may not be who they were (a sign-out, a removal, another role), for as long as this process listens; `null`: that may
	 * be so of anybody, because a ring may have been missed. Returns the unsubscribe.
	 */
	onDoubt(listener: (userId: string | null) => void): () => void;
	/** Resolves when whatever is committed from now on is heard. @throws SheafError `server/unavailable` when this process stops */
	listening(): Promise<void>;
	count(): number;
	/** Tells every client to come back later, and no new one is let in. */
	close(): Promise<void>;
};

export type LiveMember = {
	principal: Principal;
	/** Who they are by now. @throws SheafError when they may not listen any more */
	standing: () => Promise<Principal>;
	/** When their token ends (epoch milliseconds). */
	expiresAt: number;
	/** What the client says it has seen. */
	cursor: string | null;
};

export type LiveSettings = Pick<ListenSettings, "databaseUrl" | "databaseKey"> & {
	asTenant: AsTenant;
	log: Pick<Logger, "warn">;
	now?: () => number;
	/** Streams of this process, at most (`SHEAF_LIVE_STREAMS`). */
	maxStreams: number;
	/** Whether shapes are offered beside the streams (LIVE-2). */
	shapes?: boolean;
	/** For the gauge. */
	onCount?: (streams: number) => void;
};

/** Looks at a time: fewer than the pool has connections, so that requests always find one. */
const looksAtATime = 4;
const tickMs = 5_000;

/** Listens to PostgreSQL from the first stream on, and no earlier. */
export function createLive(settings: LiveSettings): Live {
	const streams = createStreamSet(settings.maxStreams, settings.onCount);
	const makeStream = streamMaker(settings, streams.remove);
	const doubters = new Set<(userId: string | null) => void>();
	const doubt = (userId: string | null) => {
		for (const stream of userId === null ? streams.all() : streams.ofPerson(userId)) stream.doubt();
		for (const listener of doubters) listener(userId);
	};
	let listening: { listener: Listener; timer: ReturnType<typeof setInterval> } | null = null;
	let closing = false;
	const listen = (): Listener => {
		if (closing) throw noRoom();
		const tick = () => {
			for (const stream of streams.all()) stream.tick();
		};
		listening ??= { listener: listenFor({ streams, doubt }, settings), timer: setInterval(tick, tickMs) };
		return listening.listener;
	};
	return {
		open: async (member) => {
			const { userId } = member.principal;
			streams.admit(userId);
			// Before the first look: a change is in it, or rung for.
			await listen().ready();
			streams.admit(userId);
			const stream = makeStream(member);
			streams.add(stream);
			return stream.body;
		},
		onDoubt: (listener) => {
			doubters.add(listener);
			return () => void doubters.delete(listener);
		},
		listening: async () => await listen().ready(),
		count: () => streams.all().size,
		close: async () => {
			closing = true;
			for (const stream of streams.all()) stream.end("closing");
			if (listening === null) return;
			clearInterval(listening.timer);
			await listening.listener.close();
		},
	};
}

/** Streams that take turns at reading. */
function streamMaker(settings: LiveSettings, onEnd: (stream: LiveStream) => void): (member: LiveMember) => LiveStream {
	const { asTenant, log, now = Date.now, shapes = false } = settings;
	const turn = createTurns(looksAtATime);
	return ({ principal, standing, expiresAt, cursor }) =>
		new LiveStream({
			principal,
			standing,
			expiresAt,
			shapes,
			now,
			open: (who) => turn(() => openCursor(asTenant, who, { text: cursor, now: now() })),
			look: (who, from) => turn(() => readChanges(asTenant, who, { cursor: from, now: now() })),
			onEnd,
			onTrouble: (error) => log.warn({ err: error }, "a stream of changes ended early: its client comes back"),
		});
}

type Bells = { streams: StreamSet; doubt: (userId: string | null) => void };

function listenFor({ streams, doubt }: Bells, { databaseUrl, databaseKey, log }: LiveSettings): Listener {
	return listenForever({
		databaseUrl,
		databaseKey,
		channels: {
			sheaf_changes: (workspaceId) => {
				for (const stream of streams.inWorkspace(workspaceId)) stream.wake();
			},
			sheaf_standing: doubt,
		},
		onReconnect: () => {
			doubt(null);
			for (const stream of streams.all()) stream.wake();
		},
		onError: (error) => log.warn({ err: error }, "the connection that listens for changes broke: it is made anew"),
	});
}
