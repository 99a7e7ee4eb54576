import type { Entitlements, FullUserView, Permission, WorkspaceView } from "../../backend/contract/users.ts";

/** Who is signed in on this device and where they work, as the server last said: what every surface paints from. */
export type Account = {
	userId: string;
	/** Empty when the way in told none. */
	email: string;
	/** The workspace this device works in. null: not asked yet, after an update from a version that knew only one. */
	workspaceId: string | null;
	workspaceName: string;
	/** In that workspace. What is not in here is hidden or disabled. */
	permissions: readonly Permission[];
	entitlements: Entitlements;
	/** Every workspace the person belongs to. */
	workspaces: readonly WorkspaceView[];
};

/** The account as the server describes it. */
export function accountOf({ user, session, workspaces }: FullUserView): Account {
	const { workspace, permissions, entitlements } = session;
	return {
		userId: user.id,
		email: user.email,
		workspaceId: workspace.id,
		workspaceName: workspace.name,
		permissions,
		entitlements,
		workspaces,
	};
}

/**
 * Whether what is captured may be sent to that workspace (ID-7). Of the others only the role is known here, and one role only looks;
 * about a workspace that is not listed the server has the word.
 */
export function maySendTo(account: Account, workspaceId: string): boolean {
	if (workspaceId === account.workspaceId) return account.entitlements.canSync;
	return account.workspaces.find(({ id }) => id === workspaceId)?.role !== "viewer";
}

/** Whether the person only looks where they work: what they capture stays on the device. */
export function looksOnly({ workspaceId, entitlements }: Account): boolean {
	return workspaceId !== null && !entitlements.canSync;
}

/** The first version knew personal workspaces only, so everyone was the owner of theirs. */
export function fromFirstAccount(first: Pick<Account, "userId" | "email" | "workspaceName"> | null): Account | null {
	return (
		first && {
			...first,
			workspaceId: null,
			permissions: [
				"records:read",
				"records:write",
				"connections:read",
				"connections:write",
				"targets:read",
				"targets:write",
				"members:read",
			],
			entitlements: { isGuest: false, canSync: true, isPro: false, reason: null },
			workspaces: [],
		}
	);
}
