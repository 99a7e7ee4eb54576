import type { MessageName, Protocol } from "./protocol.ts";

/** How a message looks on its way: plain JSON, marked as ours. */
export type Envelope<Name extends MessageName = MessageName> = { sheaf: Name; payload: Protocol[Name]["ask"] };

export type Reply<Name extends MessageName = MessageName> =
	| { ok: true; answer: Protocol[Name]["answer"] }
	| { ok: false; message: string };

export function envelope<Name extends MessageName>(name: Name, payload: Protocol[Name]["ask"]): Envelope<Name> {
	return { sheaf: name, payload };
}

/** A runtime message can be anything: pages of other versions and content scripts send here too. */
export function isEnvelope(message: unknown): message is { sheaf: string; payload: unknown } {
	return typeof message === "object" && message !== null && "sheaf" in message && typeof message.sheaf === "string";
}
