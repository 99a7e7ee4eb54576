import { describe, expect, test } from "bun:test";
import { testAccount } from "../../settings/test-account.ts";
import { canSync, may, personalOf, roleHere } from "./may.ts";

const shared = { id: "w-2", name: "Design", personal: false, role: "viewer", plan: "free" } as const;
const personal = { id: "w-1", name: "Personal", personal: true, role: "owner", plan: "free" } as const;
const viewer = testAccount({
	workspaceId: shared.id,
	workspaces: [personal, shared],
	permissions: ["records:read", "members:read"],
	entitlements: { isGuest: false, canSync: false, isPro: false, reason: "You can look." },
});

describe("ID-7, ID-9: what surfaces offer", () => {
	test("ID-9: a guest may nothing that needs the server", () => {
		expect(may(null, "records:read")).toBe(false);
		expect(canSync(null)).toBe(false);
		expect(roleHere(null)).toBeNull();
	});

	test("ID-7: a viewer reads, does not write, and may be told of a workspace where they can", () => {
		expect(may(viewer, "records:read")).toBe(true);
		expect(may(viewer, "targets:write")).toBe(false);
		expect(canSync(viewer)).toBe(false);
		expect(roleHere(viewer)).toBe("viewer");
		expect(personalOf(viewer)?.id).toBe("w-1");
	});

	test("ID-7: before the server has said where this device works, nothing is claimed about the role", () => {
		expect(roleHere(testAccount({ workspaceId: null }))).toBeNull();
	});
});
