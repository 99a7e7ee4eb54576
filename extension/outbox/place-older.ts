import type { OutboxDatabase } from "./database.ts";
import { noWorkspace } from "./schema.ts";

/**
 * Rows of the version that knew no workspaces, as far as the backend has them, are in the person's personal workspace: there
 * was no other. What was never sent stays without one and goes to the current. Cheap when there are none.
 */
export async function placeOlderRows(database: OutboxDatabase, personalWorkspaceId: string): Promise<void> {
	if (!(await database.read((transaction) => transaction.objectStore("meta").get("olderRows")))) return;
	await database.write(async (transaction) => {
		const [records, entries] = [transaction.objectStore("records"), transaction.objectStore("entries")];
		const workspaceId = personalWorkspaceId;
		const older = IDBKeyRange.bound([noWorkspace], [noWorkspace, []]);
		for (const row of await records.index("byWorkspaceUpdated").getAll(older)) {
			if (row.everSent) await records.put({ ...row, workspaceId });
		}
		for (const entry of await entries.index("byWorkspaceDue").getAll(older)) {
			const row = entry.tombstone ?? (await records.get(entry.recordId));
			const tombstone = entry.tombstone && { ...entry.tombstone, workspaceId };
			if (row?.everSent) await entries.put({ ...entry, workspaceId, tombstone });
		}
		await transaction.objectStore("meta").delete("olderRows");
	});
}
