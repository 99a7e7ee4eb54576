import type { LocalRecord } from "../../outbox/types.ts";
import type { Account } from "../../settings/account.ts";
import { waitsForRole, waitsForSwitch } from "../words/status.ts";
import { canSync } from "./may.ts";

/**
 * Why a listed record stays on this device while the person only looks where they work, and when it goes (ID-7): with a switch of
 * workspace, or, when it was captured for this one, with another role. null: it is not held.
 */
export function heldWords(account: Account | null, record: Pick<LocalRecord, "state" | "workspaceId">): string | null {
	if (account === null || canSync(account) || record.state !== "local") return null;
	return (record.workspaceId === "" ? waitsForSwitch : waitsForRole)(account.workspaceName);
}
