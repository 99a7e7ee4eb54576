import type { Permission, Role, WorkspaceView } from "../../../backend/contract/users.ts";
import type { Account } from "../../settings/account.ts";

/**
 * Whether the server's policy lets this person do it in the workspace they work in (ID-7, ID-9). The one place where
 * surfaces ask: what is refused is hidden, or disabled with the reason in words. Kept with the account, so known offline too.
 */
export function may(account: Account | null, permission: Permission): boolean {
	return account?.permissions.includes(permission) ?? false;
}

/** Whether what is captured here can leave the device for the workspace at hand. */
export function canSync(account: Account | null): boolean {
	return account?.entitlements.canSync ?? false;
}

/** The person's role where they work; null before the server has said it. */
export function roleHere(account: Account | null): Role | null {
	return account?.workspaces.find(({ id }) => id === account.workspaceId)?.role ?? null;
}

/** The person's own workspace, where they may do everything. */
export function personalOf(account: Account | null): WorkspaceView | null {
	return account?.workspaces.find(({ personal }) => personal) ?? null;
}
