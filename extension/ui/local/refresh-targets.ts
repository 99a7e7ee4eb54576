import { keepTargets } from "../../api/keep-targets.ts";
import { createPageClient } from "../../api/page-client.ts";
import { ask } from "../../messages/ask.ts";
import { webLocks } from "../../messages/one-at-a-time.ts";

/** Fetches the targets for every page to paint from. @throws ApiFailure, with what was kept left alone. */
export async function refreshTargets(): Promise<void> {
	if (!(await keepTargets(createPageClient(), webLocks))) return;
	// The menu has an entry per target. A background that cannot be woken builds it at its next start.
	await ask("targets.changed", {}).catch(() => undefined);
}

/** Starts a paused target again. @throws ApiFailure */
export async function resumeTarget(targetId: string): Promise<void> {
	await createPageClient().changeTarget(targetId, { paused: false });
	await refreshTargets();
}
