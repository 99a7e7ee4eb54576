import { createHash } from "node:crypto";
import type { PushRow } from "./connector.ts";

/**
 * The same for every repetition of one version of a record with the same cells, and another one for anything else: a receiver
 * that drops ids it has seen has each version once (promise I3). The version alone would not do, because older records may be
 * folded under one that was delivered already; the cells alone would not, because a record may go back to what it was.
 */
export function messageId({ ref, version = 0, cells }: PushRow): string {
	const content = JSON.stringify([ref, version, Object.entries(cells).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
	return `evt_${createHash("sha256").update(content).digest("base64url").slice(0, 32)}`;
}
