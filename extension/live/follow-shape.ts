import { isChangeMessage, isControlMessage, type Message, ShapeStream } from "@electric-sql/client";

/** A row of `changes`: of which list something has changed, and what. Electric sends values as text. */
type ChangeRow = { subject: string; subject_id: string };

/** What has changed, once each. */
export type Changed = { recordIds: string[]; lists: string[] };

export type ShapeDeps = {
	/** The gatekeeper's. */
	url: string;
	/** Asks for a part of it, with a token that is good at that moment. */
	fetchPart: (url: string, signal: AbortSignal) => Promise<Response>;
	/** Whatever changes from now on is told. */
	onLive: () => void;
	/** Awaited before the next is asked for. */
	onChanged: (changed: Changed) => Promise<void>;
};

/**
 * Follows the shape of `changes` from now on with Electric's own client: its long polls, its place, its back-off. A page that is hidden follows too,
 * because it may be the one that tells the others.
 *
 * @returns when the shape is lost: it has to be begun anew (`must-refetch`), the server cannot be reached or refuses, or what was told could not
 * be taken on. What happened since is for the stream to tell (`stream-or-shape.ts`). Never rejects
 */
export async function followShape(
	{ url, fetchPart, onLive, onChanged }: ShapeDeps,
	signal: AbortSignal,
): Promise<void> {
	const leaving = new AbortController();
	const lost = Promise.withResolvers<void>();
	const stream = new ShapeStream<ChangeRow>({
		url,
		params: { table: "changes" },
		// What was there before is not asked for: the stream has told it.
		offset: "now",
		log: "changes_only",
		signal: leaving.signal,
		// What else the type of `fetch` has is a runtime's, and no browser's.
		fetchClient: ((address, init) =>
			fetchPart(new Request(address).url, init?.signal ?? leaving.signal)) as typeof fetch,
		// A short absence is waited for; of a longer one the stream takes over.
		backoffOptions: { initialDelay: 500, maxDelay: 2_000, multiplier: 2, maxRetries: 2 },
		onError: () => undefined,
		runtimeVisibility: { getCurrentState: () => "visible", subscribe: () => () => undefined },
		warnOnHttp: false,
	});
	const take = async (messages: Message<ChangeRow>[]) => {
		if (messages.some((message) => isControlMessage(message) && message.headers.control === "must-refetch")) {
			return lost.resolve();
		}
		const changed = changedIn(messages);
		if (changed.recordIds.length + changed.lists.length > 0) await onChanged(changed);
		if (stream.isUpToDate) onLive();
	};
	signal.addEventListener("abort", () => lost.resolve(), { once: true });
	stream.subscribe(
		(messages) => take(messages).catch(() => lost.resolve()),
		() => lost.resolve(),
	);
	await lost.promise;
	leaving.abort();
}

/** The sweep's deletions tell nothing. */
function changedIn(messages: readonly Message<ChangeRow>[]): Changed {
	const rows = messages
		.filter((message) => isChangeMessage(message))
		.flatMap(({ headers, value }) => (headers.operation === "delete" ? [] : value));
	const isRecord = ({ subject }: ChangeRow) => subject === "records";
	return {
		recordIds: [...new Set(rows.filter(isRecord).map((row) => row.subject_id))],
		lists: [...new Set(rows.filter((row) => !isRecord(row)).map(({ subject }) => subject))],
	};
}
