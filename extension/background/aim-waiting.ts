import type { Outbox } from "../outbox/types.ts";

/** More than anybody saves before the first table is connected; whatever is left is aimed in the next round. */
const maxRecords = 500;

/**
 * What was saved before there was a table goes to the first one by itself: nobody should have to open every record again.
 * With several tables it is the person who chooses.
 *
 * @param targetIds every target there is
 * @returns how many records were aimed
 */
export async function aimWaiting(
	outbox: Pick<Outbox, "unsettled" | "edit">,
	targetIds: readonly string[],
): Promise<number> {
	const [only, another] = targetIds;
	if (only === undefined || another !== undefined) return 0;
	const untargeted = (await outbox.unsettled(maxRecords)).filter(({ targetId }) => targetId === null);
	// What needs the person (it has lost its workspace, say) goes nowhere without their word.
	const waiting = untargeted.filter(({ state }) => state !== "needs_you");
	for (const { id } of waiting) await outbox.edit(id, { targetId: only });
	return waiting.length;
}
