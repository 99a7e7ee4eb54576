import { SheafError } from "../errors.ts";
import type { LiveStream } from "./live-stream.ts";

/** The streams of a process, found by workspace and by person without looking at all of them. */
export type StreamSet = {
	/** @throws SheafError when one more is one too many, for this person or for the process */
	admit(userId: string): void;
	add(stream: LiveStream): void;
	remove(stream: LiveStream): void;
	inWorkspace(workspaceId: string): Iterable<LiveStream>;
	ofPerson(userId: string): Iterable<LiveStream>;
	all(): ReadonlySet<LiveStream>;
};

/** A browser has one stream for all its pages: enough for twenty browsers, and for the moments in which one changes hands. */
const streamsPerPerson = 20;

export function createStreamSet(maxStreams: number, onCount: (streams: number) => void = () => undefined): StreamSet {
	const all = new Set<LiveStream>();
	const byWorkspace = new Map<string, Set<LiveStream>>();
	const byPerson = new Map<string, Set<LiveStream>>();
	return {
		admit: (userId) => {
			if (all.size >= maxStreams) throw noRoom();
			if ((byPerson.get(userId)?.size ?? 0) >= streamsPerPerson) throw tooMany();
		},
		add: (stream) => {
			all.add(stream);
			put(byWorkspace, stream.workspaceId, stream);
			put(byPerson, stream.userId, stream);
			onCount(all.size);
		},
		remove: (stream) => {
			all.delete(stream);
			take(byWorkspace, stream.workspaceId, stream);
			take(byPerson, stream.userId, stream);
			onCount(all.size);
		},
		inWorkspace: (workspaceId) => byWorkspace.get(workspaceId) ?? [],
		ofPerson: (userId) => byPerson.get(userId) ?? [],
		all: () => all,
	};
}

function put(index: Map<string, Set<LiveStream>>, key: string, stream: LiveStream): void {
	const found = index.get(key) ?? new Set();
	index.set(key, found.add(stream));
}

function take(index: Map<string, Set<LiveStream>>, key: string, stream: LiveStream): void {
	const found = index.get(key);
	found?.delete(stream);
	if (found?.size === 0) index.delete(key);
}

/** Spread, so that those who are sent away do not come back together. */
function soonSeconds(): number {
	return 5 + Math.floor(Math.random() * 10);
}

export function noRoom(): SheafError {
	return new SheafError(
		"server/unavailable",
		"This server tells as many pages of changes as it can. Nothing is lost: it is tried again.",
		{ details: { retryAfterSeconds: soonSeconds() } },
	);
}

function tooMany(): SheafError {
	return new SheafError(
		"live/too-many-streams",
		"You have Sheaf open in many places, and this one is not told of changes as they happen. Close one of them, or reload to see what is new.",
		{ details: { retryAfterSeconds: soonSeconds() } },
	);
}
