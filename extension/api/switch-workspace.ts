import type { SessionView } from "../../backend/contract/users.ts";
import { t } from "../i18n/t.ts";
import type { SwitchAnswer } from "../messages/protocol.ts";
import type { Account } from "../settings/account.ts";
import { account } from "../settings/items.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Client } from "./client.ts";
import { refreshAccount } from "./refresh-account.ts";
import type { SessionDeps } from "./session-deps.ts";
import { sessionLock } from "./session-lock.ts";
import { showAccount } from "./show-account.ts";

type SwitchDeps = Pick<SessionDeps, "locks" | "records"> & {
	client: Pick<Client, "moveSession" | "fullUser" | "deviceKey">;
};

const gone = t("answers.switch.gone");

/**
 * Works in another workspace from now on, in every window of this browser. One switch at a time, so that two windows and the server
 * end up in the same one. Requests name their workspace themselves, so a lost answer costs a second try and no more.
 */
export function switchWorkspace(deps: SwitchDeps, workspaceId: string): Promise<SwitchAnswer> {
	return deps.locks.inTurn("sheaf/switch", async () => {
		const asked = await account.getValue();
		if (asked === null) return { kind: "failed", message: t("answers.switch.signIn") };
		if (asked.workspaceId === workspaceId) return { kind: "switched" };
		try {
			const session = await deps.client.moveSession(workspaceId);
			return await deps.locks.inTurn(sessionLock, () => moveTo(asked.userId, session));
		} catch (error) {
			if (!(error instanceof ApiFailure)) throw error;
			if (error.code !== "workspaces/not-found") return { kind: "failed", message: error.message };
			// The list that offered it is out of date; without a network it stays so until the next look.
			await refreshAccount(deps, deps.client).catch(() => undefined);
			return { kind: "gone", message: gone };
		}
	});
}

async function moveTo(userId: string, session: SessionView): Promise<SwitchAnswer> {
	const now = await account.getValue();
	if (now?.userId !== userId) return { kind: "failed", message: t("answers.switch.signedOut") };
	await showAccount(movedTo(now, session));
	return { kind: "switched" };
}

function movedTo(now: Account, { workspace, permissions, entitlements }: SessionView): Account {
	const others = now.workspaces.filter(({ id }) => id !== workspace.id);
	const known = others.length < now.workspaces.length;
	const workspaces = known
		? now.workspaces.map((one) => (one.id === workspace.id ? workspace : one))
		: [...others, workspace];
	return { ...now, workspaceId: workspace.id, workspaceName: workspace.name, permissions, entitlements, workspaces };
}
