import { askConnection } from "../connections/ask-connection.ts";
import type { ConnectorFailure } from "../connectors/connector.ts";
import type { OpenedWatch, WatchPlace } from "../connectors/watch.ts";
import { workerOf } from "../sync/engine-deps.ts";
import { hintRows } from "./settle-looks.ts";
import type { StoredWatch } from "./stored-watch.ts";
import type { WatchDeps } from "./watch-deps.ts";

/** Of 50 changes each; what is left after so many is fetched in the next round. */
const maxPages = 20;

type Fetching = { workspaceId: string; stored: StoredWatch; place: WatchPlace };

/**
 * Fetches what happened since the cursor and marks the rows. The cursor moves with the marks in one transaction, so that a change is
 * fetched again rather than lost when this is cut off.
 */
export async function fetchChanges(
	deps: WatchDeps,
	{ workspaceId, stored, place }: Fetching,
	watch: OpenedWatch,
): Promise<{ kind: "fetched" } | { kind: "gone" } | ConnectorFailure> {
	const { id, connectionId, containerId } = stored;
	let { cursor } = stored;
	for (let page = 0; page < maxPages; page += 1) {
		const asked = { ...place, cursor };
		const changes = await askConnection(deps, { workspaceId, connectionId, containerId }, (call) =>
			watch.changes(call, asked),
		);
		if (changes.kind !== "ok") return changes;
		if (changes.value.kind === "gone") return changes.value;
		const { remoteIds, more } = changes.value;
		const next = changes.value.cursor;
		await deps.database.asTenant(workerOf(workspaceId), async (sql) => {
			await hintRows(sql, { connectionId, containerId, remoteIds });
			await sql`
				update sheaf.watches set cursor = ${next}, noticed = noticed or ${more && page === maxPages - 1}, updated_at = now()
				where workspace_id = sheaf.current_workspace() and id = ${id}`;
		});
		cursor = next;
		if (!more) break;
	}
	return { kind: "fetched" };
}
