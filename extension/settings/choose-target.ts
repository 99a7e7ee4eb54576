import { account, lastTargets, selectedTargetId } from "./items.ts";

/** Sends captures to where they went last in the current workspace; when that is not known, the choice stays as it is. */
export async function resumeLastTarget(): Promise<void> {
	const workspaceId = (await account.getValue())?.workspaceId;
	const last = workspaceId ? (await lastTargets.getValue())[workspaceId] : undefined;
	if (last !== undefined) await selectedTargetId.setValue(last);
}

/** Sends captures there from now on, and again after a return to this workspace, on this device and others. */
export async function chooseTarget(targetId: string): Promise<void> {
	await selectedTargetId.setValue(targetId);
	const workspaceId = (await account.getValue())?.workspaceId;
	if (!workspaceId) return;
	await lastTargets.setValue({ ...(await lastTargets.getValue()), [workspaceId]: targetId });
}
