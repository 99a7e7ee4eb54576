import { storage } from "wxt/utils/storage";
import { account, lastTargets, selectedTargetId, siteTargets } from "./items.ts";
import { withChoice } from "./site-targets.ts";

/** Sends captures to where they went last in the current workspace; when that is not known, the choice stays as it is. */
export async function resumeLastTarget(): Promise<void> {
	const workspaceId = (await account.getValue())?.workspaceId;
	const last = workspaceId ? (await lastTargets.getValue())[workspaceId] : undefined;
	if (last !== undefined) await selectedTargetId.setValue(last);
}

/**
 * Sends captures there from now on, and again after a return to this workspace, on this device and others. Stored at once with what the
 * site remembers: the page that chose may be closed the moment it shows the choice.
 *
 * @param site as `siteOf` names it; captures of it go to `also` too
 */
export async function chooseTarget(targetId: string, site = "", also: readonly string[] = []): Promise<void> {
	const workspaceId = (await account.getValue())?.workspaceId;
	if (!workspaceId) return await selectedTargetId.setValue(targetId);
	const lasting = { ...(await lastTargets.getValue()), [workspaceId]: targetId };
	const chosen = [targetId, ...also.filter((one) => one !== targetId)];
	await storage.setItems([
		{ item: selectedTargetId, value: targetId },
		{ item: lastTargets, value: lasting },
		...(site === ""
			? []
			: [{ item: siteTargets, value: withChoice(await siteTargets.getValue(), { workspaceId, site }, chosen) }]),
	]);
}
