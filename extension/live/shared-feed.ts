import type { LiveChanges } from "../../backend/contract/live.ts";
import { type OneAtATime, webLocks } from "../messages/one-at-a-time.ts";

/** `null`: what was missed is not known, so everything shown is to be read anew. */
export type News = LiveChanges | null;

export type Feed = {
	/** Called for news of any kind, in whichever page the stream is. Returns the unsubscribe. */
	onNews(listener: (news: News) => void): () => void;
	/** Called when it becomes live or is no more. Returns the unsubscribe. */
	onState(listener: (live: boolean) => void): () => void;
	close(): void;
};

/** What the page that holds the stream does with it. */
export type Lead = (
	tell: { news: (news: News) => void; state: (live: boolean) => void },
	signal: AbortSignal,
) => Promise<void>;

type Message = { kind: "news"; news: News } | { kind: "state"; live: boolean } | { kind: "ask" };

/**
 * One stream for all pages of this browser with that name. The page that has the lock leads; when it is closed, also by a crash, the
 * browser gives the lock to the next one.
 */
export function shareFeed(name: string, lead: Lead, locks: Pick<OneAtATime, "inTurn"> = webLocks): Feed {
	const leaving = new AbortController();
	const channel = new BroadcastChannel(name);
	const newsListeners = new Set<(news: News) => void>();
	const stateListeners = new Set<(live: boolean) => void>();
	let leads = false;
	let live = false;
	const take = (message: Message) => {
		if (message.kind === "news") for (const listener of newsListeners) listener(message.news);
		if (message.kind !== "state") return;
		live = message.live;
		for (const listener of stateListeners) listener(live);
	};
	const tell = (message: Message) => {
		if (leaving.signal.aborted) return;
		channel.postMessage(message);
		take(message);
	};
	channel.onmessage = ({ data }: MessageEvent<Message>) => {
		// A page that has just been opened does not know how things stand.
		if (data.kind === "ask" && leads) channel.postMessage({ kind: "state", live } satisfies Message);
		take(data);
	};
	channel.postMessage({ kind: "ask" } satisfies Message);
	const run = async () => {
		if (leaving.signal.aborted) return;
		leads = true;
		const tellAll = {
			news: (news: News) => tell({ kind: "news", news }),
			state: (is: boolean) => tell({ kind: "state", live: is }),
		};
		await lead(tellAll, leaving.signal);
	};
	void locks.inTurn(name, run);
	return {
		onNews: (listener) => subscribe(newsListeners, listener),
		onState: (listener) => {
			listener(live);
			return subscribe(stateListeners, listener);
		},
		close: () => {
			leaving.abort();
			channel.close();
		},
	};
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
	listeners.add(listener);
	return () => void listeners.delete(listener);
}
