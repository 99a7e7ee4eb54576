import type {
	AttributeKind,
	DiagnosticContext,
	DiagnosticEvent,
	DiagnosticLevel,
} from "../../backend/contract/diagnostics.ts";
import { isMessage } from "../i18n/t.ts";
import { contexts, events } from "./event-catalogue.ts";
import { type Note, ownId } from "./note.ts";

export type AttributeValue = number | boolean | string;

/** One line of what Sheaf did, as it is kept, shown, copied and sent. */
export type Entry = {
	/** Epoch milliseconds. */
	at: number;
	level: DiagnosticLevel;
	context: DiagnosticContext;
	event: DiagnosticEvent;
	attributes: Readonly<Record<string, AttributeValue>>;
};

/** Past this a count says no more: it is a defect, or a number out of a page. */
const maxCount = 999_999_999;

/**
 * The second line of defence, behind `note()`'s types: whatever is not what the catalogue says is left out, value by value, so that a
 * mistake in a caller, or a code that a stranger's server made up, puts no text into anything. @returns null for no event of ours
 */
export function entryOf({ at, event, attributes }: Note, context: DiagnosticContext): Entry | null {
	if (!Object.hasOwn(events, event) || !contexts.includes(context)) return null;
	if (!Number.isSafeInteger(Math.floor(at)) || at < 0) return null;
	const { level, has } = events[event];
	const kept: Record<string, AttributeValue> = {};
	for (const [name, kind] of Object.entries<AttributeKind>(has)) {
		const value = checked(kind, attributes[name]);
		if (value !== null) kept[name] = value;
	}
	return { at: Math.floor(at), level, context, event, attributes: kept };
}

/** An entry that comes back from the disk is checked as if it were new: an older version, or somebody, wrote it. */
export function recheckedEntry(stored: Entry): Entry | null {
	return entryOf(stored, stored.context);
}

function checked(kind: AttributeKind, value: unknown): AttributeValue | null {
	if (kind === "count") return countOf(value);
	if (kind === "flag") return typeof value === "boolean" ? value : null;
	if (typeof value !== "string") return null;
	if (kind === "id") return ownId(value);
	if (kind === "code") return isKnownCode(value) ? value : "unknown";
	return kind.includes(value) ? value : null;
}

function countOf(value: unknown): number | null {
	if (typeof value !== "number" || !Number.isFinite(value)) return null;
	return Math.min(Math.max(0, Math.round(value)), maxCount);
}

/** Every code has its sentence (a house rule), so that the sentences are the list of codes; they are in every part of the extension. */
function isKnownCode(code: string): boolean {
	return /^[a-z-]+\/[a-z-]+$/.test(code) && isMessage(`errors.${code}`);
}
