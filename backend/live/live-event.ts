import type { LiveChanges, LiveEnd, LiveReady } from "../contract/live.ts";

/** What a stream says, by the event's name. */
type EventData = { ready: LiveReady; changes: LiveChanges; reset: Record<string, never>; end: LiveEnd };

const encoder = new TextEncoder();

/** One server-sent event. JSON has no line breaks of its own, so that one `data` line holds it. */
export function encodeEvent<Name extends keyof EventData>(name: Name, data: EventData[Name], id?: string): Uint8Array {
	const idLine = id === undefined ? "" : `id: ${id}\n`;
	return encoder.encode(`event: ${name}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
}

/** A comment: it says nothing and keeps the line open. */
export const heartbeat: Uint8Array = encoder.encode(": \n\n");
