import type { DeletionReceipt } from "../../contract/account-end.ts";
import type { Principal } from "../../db/principal.ts";
import { checkpoint } from "../../telemetry/checkpoint.ts";
import type { Deletion, DeletionDeps } from "./deletion-deps.ts";
import { leaveWorkspaces } from "./leave-workspaces.ts";
import { markPerson } from "./mark-person.ts";
import { closeReceipt, readReceipt } from "./receipts.ts";
import { removeConnectionsElsewhere } from "./remove-connections.ts";
import { revokeGrants } from "./revoke-grants.ts";

/**
 * Removes a person and everything that is only theirs (SEC-4). Whatever happens after the first step, they are cut off, and
 * `finish-deletions.ts` ends what was begun.
 *
 * @throws SheafError `users/confirmation-wrong`, `users/sole-owner`
 */
export async function deletePerson(
	deps: DeletionDeps,
	person: Pick<Principal, "userId">,
	confirm: string,
): Promise<DeletionReceipt> {
	const deletion = await markPerson(deps, person, confirm);
	await checkpoint("departure/after-mark");
	return await finishDeletion(deps, deletion);
}

/** The steps after the mark. Two processes may do them at once, and each from the beginning. */
export async function finishDeletion(deps: DeletionDeps, deletion: Deletion): Promise<DeletionReceipt> {
	for (;;) {
		await leaveWorkspaces(deps, deletion);
		await checkpoint("departure/after-workspaces");
		await removeConnectionsElsewhere(deps, deletion);
		await revokeGrants(deps, deletion);
		await checkpoint("departure/before-last-step");
		if (await removePerson(deps, deletion)) break;
	}
	return await deps.identity.asIdentity((sql) => readReceipt(sql, deletion.receiptId));
}

/**
 * The row of the person, and by its foreign keys what still names them. Not while they belong to a workspace: one that a sign-in
 * under way made for them in this moment would be left without anybody.
 *
 * @returns false when there is more to leave
 */
async function removePerson({ identity }: DeletionDeps, { userId, receiptId }: Deletion): Promise<boolean> {
	return await identity.asIdentity(async (sql) => {
		const [person] = await sql`select 1 from sheaf.users where id = ${userId} for update`;
		if (!person) return true;
		const [member] = await sql`select 1 from sheaf.workspace_members where user_id = ${userId} limit 1`;
		if (member) return false;
		await sql`delete from sheaf.users where id = ${userId}`;
		await closeReceipt(sql, receiptId, new Date(identity.now()));
		return true;
	});
}
