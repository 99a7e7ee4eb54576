import { storage } from "wxt/utils/storage";
import type { CapturedDocument } from "../../capture/draft.ts";
import { guestsDraft as guest, draftPrefix as prefix } from "../../settings/draft-keys.ts";
import type { FormValue } from "../record/input-kinds.ts";

/** What the person chose of a record that is no field of it. Left out: as the page says. */
export type Chosen = { kind?: string };

/** The field that a record's own picture is in, as its form has it. */
const imageField = "image";

/** What a person wrote into a record and has not sent. */
export type KeptDraft = { typed: readonly { name: string; form: FormValue }[]; own: Chosen };

type Stored = KeptDraft & { at: number };

/**
 * Whose it is (`<user id>:<workspace id>`, or `guest`), and of which document: a later document in the same tab, or another address in this
 * one, gets nothing of it. Firefox reports no id of documents: there, the page loaded anew under its address gets it again.
 */
export type DraftPlace = { who: string; document: CapturedDocument };

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

/** Puts a picture into the record of that document, beside what was written into it. */
export async function keepPicture(place: DraftPlace, address: string): Promise<void> {
	const kept = await readDraft(place);
	const others = kept?.typed.filter(({ name }) => name !== imageField) ?? [];
	const picture = { name: imageField, form: { input: "url" as const, text: address } };
	await keepDraft(place, { typed: [...others, picture], own: kept?.own ?? {} });
}

/** What a guest wrote goes on with whoever signs in, like what they saved (ID-8). */
export async function readDraft(place: DraftPlace): Promise<KeptDraft | null> {
	const own = await storage.getItem<Stored>(keyOf(place));
	return own ?? (await storage.getItem<Stored>(keyOf({ ...place, who: guest })));
}

export async function forgetDraft(place: DraftPlace): Promise<void> {
	await storage.removeItems([keyOf(place), keyOf({ ...place, who: guest })]);
}

/** What was somebody else's goes, and the oldest of what is too much; what the person wrote in another of their workspaces stays. */
export async function tidyDrafts(who: string): Promise<void> {
	const [person] = who.split(":");
	const all = Object.entries(await storage.snapshot("session")).filter(([key]) => `session:${key}`.startsWith(prefix));
	const own = all.filter(([key]) => {
		const [whose = ""] = `session:${key}`.slice(prefix.length).split("/");
		return whose === guest || whose.split(":")[0] === person;
	});
	const newest = own.toSorted(([, a], [, b]) => (b as Stored).at - (a as Stored).at).slice(0, maxKept);
	const gone = all.filter(([key]) => !newest.some(([kept]) => kept === key));
	await storage.removeItems(gone.map(([key]) => `session:${key}` as const));
}
