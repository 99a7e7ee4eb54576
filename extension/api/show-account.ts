import type { Account } from "../settings/account.ts";
import { account, lastTargets, selectedTargetId, targets } from "../settings/items.ts";
import { fetchedRecipes } from "../settings/recipes.ts";

/**
 * What every surface paints from now on. In another workspace the targets of the one before are never shown: they go first, and
 * the chosen one is who was chosen there last. The caller holds the session's lock.
 */
export async function showAccount(next: Account): Promise<void> {
	const before = await account.getValue();
	if (before?.userId !== next.userId || before.workspaceId !== next.workspaceId) {
		// Filling in what an older version did not know is no move.
		if (before?.userId !== next.userId || before.workspaceId !== null) {
			await targets.setValue([]);
			await fetchedRecipes.setValue([]);
			await selectedTargetId.setValue((await lastTargets.getValue())[next.workspaceId ?? ""] ?? null);
		}
	}
	if (JSON.stringify(before) !== JSON.stringify(next)) await account.setValue(next);
}
