import { createHmac } from "node:crypto";

/** A way in, as `user_accounts` has it: one subject of one provider is one person. */
export type Actor = { provider: string; subject: string };

/** 128 bits: too many to collide, and short enough to read in a line. */
const length = 32;

/**
 * The pseudonym under which a person appears in the logs (OBS-1): the same over all their devices, and of no use to whoever has
 * the logs without `SHEAF_LOG_KEY`.
 */
export function actorUid(logKey: string, { provider, subject }: Actor): string {
	return createHmac("sha256", logKey).update(`${provider}\n${subject}`).digest("hex").slice(0, length);
}
