import { unopenedParcels } from "../settings/items.ts";
import type { RecordKeeping } from "./session-deps.ts";

/**
 * Opens what was sealed of the person, and keeps for every surface to say whether something stayed closed: the page that asked for the
 * sign-in may be gone by then. The caller holds the session's lock. @returns how many parcels stayed closed
 */
export async function openSealed(records: Pick<RecordKeeping, "takeOut">, userId: string): Promise<number> {
	const closed = await records.takeOut(userId);
	await unopenedParcels.setValue(closed === 0 ? null : closed);
	return closed;
}
