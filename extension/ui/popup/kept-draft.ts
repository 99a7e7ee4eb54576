import { storage } from "wxt/utils/storage";
import type { CapturedDocument } from "../../capture/draft.ts";
import type { FormValue } from "../record/input-kinds.ts";

/** What the person chose of a record that is no field of it. Left out: as the page says. */
export type Chosen = { kind?: string };

/** What a person wrote into a record and has not sent. */
export type KeptDraft = { typed: readonly { name: string; form: FormValue }[]; own: Chosen };

type Stored = KeptDraft & { at: number };

/** Whose it is, and of which document: a later document in the same tab, or another address in this one, gets nothing of it. */
export type DraftPlace = { who: string; document: CapturedDocument };

const prefix = "session:draft/";
/** More half-written records than anybody comes back to. */
const maxKept = 20;

function keyOf({ who, document: { tabId, documentId, url } }: DraftPlace): `session:${string}` {
	return `${prefix}${who}/${tabId}/${documentId}/${url.split("#")[0]}`;
}

/**
 * A popup closes with the first press beside it. What was written into it is kept in memory until the browser closes (never on disk), and is
 * there again when the popup is opened over the same document.
 */
export async function keepDraft(place: DraftPlace, draft: KeptDraft): Promise<void> {
	const isEmpty = draft.typed.length === 0 && draft.own.kind === undefined;
	if (isEmpty) return forgetDraft(place);
	await storage.setItem<Stored>(keyOf(place), { ...draft, at: Date.now() });
}

export async function readDraft(place: DraftPlace): Promise<KeptDraft | null> {
	return await storage.getItem<Stored>(keyOf(place));
}

export async function forgetDraft(place: DraftPlace): Promise<void> {
	await storage.removeItem(keyOf(place));
}

/** What was somebody else's goes, and the oldest of what is too much. */
export async function tidyDrafts(who: string): Promise<void> {
	const all = Object.entries(await storage.snapshot("session")).filter(([key]) => `session:${key}`.startsWith(prefix));
	const own = all.filter(([key]) => `session:${key}`.startsWith(`${prefix}${who}/`));
	const newest = own.toSorted(([, a], [, b]) => (b as Stored).at - (a as Stored).at).slice(0, maxKept);
	const gone = all.filter(([key]) => !newest.some(([kept]) => kept === key));
	await storage.removeItems(gone.map(([key]) => `session:${key}` as const));
}
