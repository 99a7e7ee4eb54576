/** An event as a client of `GET /api/v1/live` sees it. */
export type SeenEvent = { event: string; id: string | null; data: unknown };

export type LiveClient = {
	status: number;
	headers: Headers;
	/** The next event, comments left out. Null when the stream has ended. */
	next(): Promise<SeenEvent | null>;
	/** The next event of that name; others on the way are dropped. */
	until(event: string): Promise<SeenEvent>;
	/** The rest of a body that is no stream. */
	text(): Promise<string>;
	close(): Promise<void>;
};

type Ask = { token: string; cursor?: string | null; query?: string };

/** Reads the stream as any program would that knows nothing but the format. */
export async function openLive(url: string, { token, cursor = null, query = "" }: Ask): Promise<LiveClient> {
	const headers: Record<string, string> = { authorization: `Bearer ${token}` };
	if (cursor !== null) headers["last-event-id"] = cursor;
	const leaving = new AbortController();
	const answer = await fetch(`${url}/api/v1/live${query}`, { headers, signal: leaving.signal });
	const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
	let held = "";
	const next = async (): Promise<SeenEvent | null> => {
		for (;;) {
			const end = held.indexOf("\n\n");
			if (end !== -1) {
				const block = held.slice(0, end);
				held = held.slice(end + 2);
				const seen = parse(block);
				if (seen !== null) return seen;
				continue;
			}
			const part = await reader?.read();
			if (part === undefined || part.done) return null;
			held += part.value;
		}
	};
	return {
		status: answer.status,
		headers: answer.headers,
		next,
		until: async (wanted) => {
			for (;;) {
				const seen = await next();
				if (seen === null) throw new Error(`The stream ended before "${wanted}".`);
				if (seen.event === wanted) return seen;
			}
		},
		text: async () => {
			for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) held += part.value;
			return held;
		},
		close: async () => {
			leaving.abort();
			await reader?.cancel().catch(() => undefined);
		},
	};
}

function parse(block: string): SeenEvent | null {
	const fields = new Map(
		block
			.split("\n")
			.filter((line) => !line.startsWith(":"))
			.map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
	);
	const event = fields.get("event");
	if (event === undefined) return null;
	return { event, id: fields.get("id") ?? null, data: JSON.parse(fields.get("data") ?? "null") };
}
