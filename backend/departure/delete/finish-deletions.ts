import { finishDeletion } from "./delete-person.ts";
import type { Deletion, DeletionDeps } from "./deletion-deps.ts";

/**
 * Ends every deletion that was begun and not ended: its process was killed, or the database was away. One that fails again is
 * told of and tried the next time.
 *
 * @returns how many were ended
 */
export async function finishDeletions(deps: DeletionDeps): Promise<number> {
	const begun = await deps.identity.asIdentity(
		async (sql) =>
			await sql<Deletion[]>`
			select id as user_id, deletion_id as receipt_id from sheaf.users where deletion_id is not null order by deletion_id`,
	);
	let ended = 0;
	for (const deletion of begun) {
		try {
			await finishDeletion(deps, deletion);
			ended += 1;
		} catch (error) {
			deps.log.error({ err: error, receipt: deletion.receiptId }, "a deletion could not be ended: it is tried again");
		}
	}
	return ended;
}
