import { createPageClient } from "../../api/page-client.ts";
import { ask } from "../../messages/ask.ts";
import { targets } from "../../settings/items.ts";

/** Fetches the targets and keeps them for every page to paint from. @throws ApiFailure, with what was kept left alone. */
export async function refreshTargets(): Promise<void> {
	const fetched = await createPageClient().targets();
	const kept = await targets.getValue();
	if (JSON.stringify(kept) === JSON.stringify(fetched)) return;
	await targets.setValue(fetched);
	// The menu has an entry per target. A background that cannot be woken builds it at its next start.
	await ask("targets.changed", {}).catch(() => undefined);
}

/** Starts a paused target again. @throws ApiFailure */
export async function resumeTarget(targetId: string): Promise<void> {
	await createPageClient().changeTarget(targetId, { paused: false });
	await refreshTargets();
}
