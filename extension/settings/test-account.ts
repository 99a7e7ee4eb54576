import type { Account } from "./account.ts";

/** An account for tests: the owner of a personal workspace. */
export function testAccount(over: Partial<Account> = {}): Account {
	const workspaceId = over.workspaceId === undefined ? crypto.randomUUID() : over.workspaceId;
	const personal = { id: workspaceId ?? "", name: "Personal", personal: true, role: "owner", plan: "free" } as const;
	return {
		userId: crypto.randomUUID(),
		email: "ada@example.com",
		workspaceId,
		workspaceName: "Personal",
		permissions: ["records:read", "records:write", "connections:read", "connections:write", "targets:read"],
		entitlements: { isGuest: false, canSync: true, isPro: false, reason: null },
		workspaces: [personal],
		...over,
	};
}

/** The same person where they only look: in a shared workspace of this name, with their own beside it. */
export function testViewer(workspaceName: string, own: Account = testAccount()): Account {
	const shared = {
		id: crypto.randomUUID(),
		name: workspaceName,
		personal: false,
		role: "viewer",
		plan: "free",
	} as const;
	return {
		...own,
		workspaceId: shared.id,
		workspaceName,
		permissions: ["records:read", "connections:read", "targets:read", "members:read"],
		entitlements: { isGuest: false, canSync: false, isPro: false, reason: "You can look." },
		workspaces: [...own.workspaces, shared],
	};
}
