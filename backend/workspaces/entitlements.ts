import type { Entitlements, Role, WorkspaceView } from "../contract/users.ts";
import { roleMay } from "./policy.ts";

/** What somebody without a session is told (ID-9). */
export const guestEntitlements: Entitlements = {
	isGuest: true,
	canSync: false,
	isPro: false,
	reason: "What you save stays on this device. Sign in to send it to your tables.",
};

/** ID-9, the one place: whoever has a session is no guest, and what syncs is what their role may write. */
export function entitlementsOf(role: Role, plan: WorkspaceView["plan"]): Entitlements {
	const canSync = roleMay(role, "records:write");
	const reason = canSync ? null : "You can look at this workspace and not change it. Ask one of its owners for more.";
	return { isGuest: false, canSync, isPro: plan === "pro", reason };
}
