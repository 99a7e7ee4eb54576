import type { LiveChanges, LiveEnd, LiveReady } from "../../backend/contract/live.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { codeOf, type KnownCode, note } from "../diagnostics/note.ts";
import { readEvents, type ServerEvent } from "./server-events.ts";

export type FollowDeps = {
	/** Asks for the stream from a cursor on; null: from now. @throws ApiFailure for an answer that is none */
	connect: (cursor: string | null, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
	cursor: { get: () => Promise<string | null>; set: (cursor: string) => Promise<void> };
	/** Awaited before the cursor moves on: what was not taken on is told again. */
	onChanges: (changes: LiveChanges) => Promise<void>;
	/** What is shown is to be read anew: nobody knows what was missed. */
	onReset: () => Promise<void>;
	/** Whether everything is told as it happens from now on. */
	onState: (live: boolean) => void;
	/** Everything that was missed has been told. */
	onReady?: (ready: LiveReady) => void;
	/** The person may have another role, or be signed out. */
	onStanding: () => Promise<void>;
	wait: (delayMs: number, signal: AbortSignal) => Promise<void>;
	random: () => number;
};

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** The server says something every 15 s: after two of them were missed, the line is dead. */
const silenceMs = 40_000;

/** Keeps a stream open until it is told to stop. Never rejects. */
export async function follow(deps: FollowDeps, signal: AbortSignal): Promise<void> {
	for (let failures = 0; !signal.aborted; ) {
		const outcome = await once(deps, signal).catch((error: unknown) => ({
			wasLive: false,
			pauseMs: askedPause(error),
			code: codeOf(error),
		}));
		deps.onState(false);
		failures = outcome.wasLive ? 0 : failures + 1;
		if (!signal.aborted) noteLost(outcome, failures);
		// Full jitter: those who lost the same server do not come back together.
		const backOffMs = deps.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
		await deps.wait(outcome.pauseMs ?? backOffMs, signal);
	}
}

function noteLost(outcome: { wasLive: boolean; code?: KnownCode }, failures: number): void {
	note("feed.lost", { wasLive: outcome.wasLive, failures, code: outcome.code ?? "unknown" });
}

/** @returns how long the server asked to stay away, with some jitter in the way it counts; null: it said nothing */
function askedPause(error: unknown): number | null {
	return error instanceof ApiFailure ? error.retryAfterMs : null;
}

type Outcome = { wasLive: boolean; pauseMs: number | null };

/** One connection, to its end. */
async function once(deps: FollowDeps, signal: AbortSignal): Promise<Outcome> {
	const leaving = new AbortController();
	const both = AbortSignal.any([signal, leaving.signal]);
	const watchdog = silenceWatch(() => leaving.abort());
	let wasLive = false;
	try {
		const body = await deps.connect(await deps.cursor.get(), both);
		for await (const event of readEvents(body)) {
			watchdog.heard();
			if (event === null) continue;
			if (event.event === "end") return { wasLive, pauseMs: await ended(deps, event) };
			await take(deps, event);
			if (event.id !== null) await deps.cursor.set(event.id);
			if (event.event !== "ready") continue;
			wasLive = true;
			deps.onState(true);
			deps.onReady?.(readyOf(event));
			note("feed.live", {});
		}
		return { wasLive, pauseMs: null };
	} catch (error) {
		if (wasLive) return { wasLive, pauseMs: null };
		throw error;
	} finally {
		watchdog.stop();
		leaving.abort();
	}
}

/** Events of a later server are passed over. */
async function take(deps: FollowDeps, { event, data }: ServerEvent): Promise<void> {
	if (event === "reset") await deps.onReset();
	if (event === "changes" && isChanges(data)) await deps.onChanges(data);
}

async function ended(deps: FollowDeps, { data }: ServerEvent): Promise<number> {
	const { reason, retryAfterMs } = data as LiveEnd;
	if (reason === "standing") await deps.onStanding();
	// A server that stopped for another reason than it says is not asked again in a loop.
	return Math.max(retryAfterMs, reason === "token" ? 0 : firstPauseMs);
}

/** An earlier server says nothing of shapes. */
function readyOf({ data }: ServerEvent): LiveReady {
	return { shapes: typeof data === "object" && data !== null && "shapes" in data && data.shapes === true };
}

function isChanges(data: unknown): data is LiveChanges {
	if (typeof data !== "object" || data === null) return false;
	return ["records", "gone", "lists"].every((name) => Array.isArray((data as Record<string, unknown>)[name]));
}

function silenceWatch(onSilence: () => void): { heard: () => void; stop: () => void } {
	let timer = setTimeout(onSilence, silenceMs);
	return {
		heard: () => {
			clearTimeout(timer);
			timer = setTimeout(onSilence, silenceMs);
		},
		stop: () => clearTimeout(timer),
	};
}
