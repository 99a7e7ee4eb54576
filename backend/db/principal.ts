import type { Role } from "../contract/users.ts";

/**
 * Who acts, as read from a verified token; or the sync engine acting for a workspace (`worker`), which owns what the
 * record's owner owns. The three values become the transaction-local settings every policy reads.
 */
export type Principal = {
	userId: string;
	workspaceId: string;
	role: Role | "worker";
	sessionId: string | null;
	deviceId: string | null;
};
