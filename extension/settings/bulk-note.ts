import { storage } from "wxt/utils/storage";

/**
 * Rows that are being saved right now. It is taken away when they all are: what is left of it belongs to a panel that was closed in the
 * middle, and says how far it came. `userId`: whose rows; null: the guest's.
 */
export type BulkNote = { userId: string | null; title: string; saved: number; total: number };

export const bulkNote = storage.defineItem<BulkNote | null>("local:bulkNote", { fallback: null, version: 1 });

/** Held by the panel that saves, so that another one does not take its note for one that was left behind. */
export const bulkLock = "sheaf/bulk-send";
