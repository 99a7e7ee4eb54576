/** One server-sent event; `data` is parsed JSON. */
export type ServerEvent = { event: string; id: string | null; data: unknown };

/**
 * The events of a stream, as the HTML standard's format has them, as far as our backend uses it: one line of data. A comment is an event
 * without a name, so that a reader notices that the line lives.
 *
 * @throws SyntaxError for data that is no JSON
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent | null> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let held = "";
	try {
		for (;;) {
			const { value, done } = await reader.read();
			if (done) return;
			held += decoder.decode(value, { stream: true });
			const blocks = held.split("\n\n");
			held = blocks.pop() ?? "";
			for (const block of blocks) yield parse(block);
		}
	} finally {
		// Also when the caller left in the middle: the connection ends with it.
		await reader.cancel().catch(() => undefined);
	}
}

function parse(block: string): ServerEvent | null {
	const fields = new Map(block.split("\n").map(fieldOf));
	const event = fields.get("event");
	if (event === undefined) return null;
	return { event, id: fields.get("id") ?? null, data: JSON.parse(fields.get("data") ?? "null") };
}

function fieldOf(line: string): [string, string] {
	const colon = line.indexOf(":");
	return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
