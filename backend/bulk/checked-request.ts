import type { BulkPreviewRequest } from "../contract/bulk.ts";
import type { Transaction } from "../db/connect.ts";
import { SheafError } from "../errors.ts";
import { targetNotFound } from "../targets/read-targets.ts";
import type { BulkRequest } from "./selection.ts";

/**
 * A request whose parts fit together.
 *
 * @throws SheafError `request/invalid` when a move leads nowhere, or something else leads somewhere; `targets/not-found`
 */
export async function checkedRequest(
	sql: Transaction,
	{ kind, selection, ...asked }: BulkPreviewRequest,
): Promise<BulkRequest> {
	const [toTargetId, remoteRows] = [asked.toTargetId ?? null, asked.remoteRows ?? false];
	if (toTargetId !== null) {
		const [target] = await sql`
			select from sheaf.targets where workspace_id = sheaf.current_workspace() and id = ${toTargetId}`;
		if (target === undefined) throw targetNotFound();
	}
	if ((kind === "move") !== (toTargetId !== null)) {
		throw new SheafError("request/invalid", '"toTargetId" says where a move leads, and belongs to nothing else.');
	}
	if (remoteRows && kind !== "move" && kind !== "delete") {
		throw new SheafError("request/invalid", '"remoteRows" belongs to moving and deleting only.');
	}
	return { kind, selection, toTargetId, remoteRows };
}
