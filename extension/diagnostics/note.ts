import type { AttributeKind, DiagnosticEvent, DiagnosticEvents } from "../../backend/contract/diagnostics.ts";
import type { ApiFailureCode } from "../api/api-failure.ts";
import type { OutboxErrorCode } from "../outbox/outbox-error.ts";

declare const mark: unique symbol;

/** A UUID of Sheaf's own, made by `ownId` and by nothing else: no other text can stand where one is asked for. */
export type OwnId = string & { readonly [mark]: true };

/** Every code that something of ours fails with. `unknown`: it had none. */
export type KnownCode = ApiFailureCode | OutboxErrorCode | "unknown";

type ValueOf<Kind extends AttributeKind> = Kind extends "count"
	? number
	: Kind extends "flag"
		? boolean
		: Kind extends "id"
			? OwnId | null
			: Kind extends "code"
				? KnownCode
				: Kind extends readonly (infer Word)[]
					? Word
					: never;

/** What is said with an event: numbers, switches, codes, our own ids, and words of closed lists. There is no room for text. */
export type AttributesOf<Event extends DiagnosticEvent> = {
	[Name in keyof DiagnosticEvents[Event]["has"]]: DiagnosticEvents[Event]["has"][Name] extends AttributeKind
		? ValueOf<DiagnosticEvents[Event]["has"][Name]>
		: never;
};

/** As it was noted: when (epoch milliseconds), what, and with what. */
export type Note = { at: number; event: DiagnosticEvent; attributes: Readonly<Record<string, unknown>> };

/** What a page notes before its recorder is there waits, and is bounded: the recorder may never come. */
const maxEarly = 100;
const early: Note[] = [];
let recorder: ((note: Note) => void) | null = null;

/**
 * Notes that something happened (OBS-3). Costs a call and never fails, waits or throws: whoever records it does so later. Small, because
 * it is in the popup's first script.
 */
export function note<Event extends DiagnosticEvent>(event: Event, attributes: AttributesOf<Event>): void {
	const taken: Note = { at: Date.now(), event, attributes };
	if (recorder !== null) recorder(taken);
	else if (early.length < maxEarly) early.push(taken);
}

/** Gives what was noted so far, and everything from now on, to one recorder. null: nobody records. */
export function noteTo(next: ((note: Note) => void) | null): void {
	recorder = next;
	if (next !== null) for (const one of early.splice(0)) next(one);
}

/** The stable code of what was thrown, never its message. It is held against the list of codes when it is kept (`entry.ts`). */
export function codeOf(error: unknown): KnownCode {
	return error instanceof Error && "code" in error ? asCode(error.code) : "unknown";
}

/** A code as somebody told it. */
export function asCode(told: unknown): KnownCode {
	return typeof told === "string" && told.includes("/") ? (told as KnownCode) : "unknown";
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** null for what is none. */
export function ownId(text: string): OwnId | null {
	return uuid.test(text) ? (text as OwnId) : null;
}
