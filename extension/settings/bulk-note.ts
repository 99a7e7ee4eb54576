import { storage } from "wxt/utils/storage";
import { account } from "./items.ts";

/**
 * Rows that are being saved right now. It is taken away when they all are: what is left of it belongs to a panel that was closed in the
 * middle, and says how far it came. `userId`: whose rows; null: the guest's.
 */
export type BulkNote = { userId: string | null; title: string; saved: number; total: number };

export const bulkNote = storage.defineItem<BulkNote | null>("local:bulkNote", { fallback: null, version: 1 });

/**
 * Writes how far a saving is. Whoever signs out in the middle leaves none behind: their account is gone before the note is taken away, so
 * what was written after that is taken away here.
 */
export async function noteProgress(note: BulkNote): Promise<void> {
	await bulkNote.setValue(note);
	if (((await account.getValue())?.userId ?? null) !== note.userId) await bulkNote.removeValue();
}

/** Held by the panel that saves, so that another one does not take its note for one that was left behind. */
export const bulkLock = "sheaf/bulk-send";
