import { account, lastTargets, selectedTargetId } from "./items.ts";

/** Sends captures there from now on, and again after a return to this workspace, on this device and others. */
export async function chooseTarget(targetId: string): Promise<void> {
	await selectedTargetId.setValue(targetId);
	const workspaceId = (await account.getValue())?.workspaceId;
	if (!workspaceId) return;
	await lastTargets.setValue({ ...(await lastTargets.getValue()), [workspaceId]: targetId });
}
