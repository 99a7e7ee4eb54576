import { describe, expect, test } from "bun:test";
import type { Permission, Role } from "../../../../backend/contract/users.ts";
import type { MemberView } from "../../../../backend/contract/workspaces.ts";
import { memberChoices, memberName, ownerNames } from "./member-choices.ts";

const member = (role: Role, more: Partial<MemberView> = {}): MemberView => ({
	userId: `${role}-${more.email ?? ""}`,
	email: `${role}@sheaf.test`,
	firstName: "",
	lastName: "",
	role,
	joinedAt: "2026-01-01T00:00:00.000Z",
	you: false,
	...more,
});
const owner: Permission[] = ["members:read", "members:write", "workspace:write", "workspace:own"];
const admin: Permission[] = ["members:read", "members:write", "workspace:write"];
const viewer: Permission[] = ["members:read"];

describe("ID-7: what may be done to a member is what is offered", () => {
	test("ID-7: an owner makes owners, removes anybody and hands the workspace on", () => {
		const you = member("owner", { you: true });
		const other = member("member");
		expect(memberChoices(other, [you, other], owner)).toEqual({
			roles: ["owner", "admin", "member", "viewer"],
			canRemove: true,
			canLeave: false,
			canReceive: true,
			because: null,
		});
	});

	test("ID-7: the last owner keeps the role and stays; with a second one neither holds", () => {
		const you = member("owner", { you: true });
		const second = member("owner", { email: "second@sheaf.test" });
		const alone = memberChoices(you, [you, member("member")], owner);
		expect(alone).toMatchObject({ roles: [], canLeave: false, canRemove: false });
		expect(alone.because).toContain("another owner");
		expect(memberChoices(you, [you], owner).because).not.toContain("another owner");
		expect(memberChoices(you, [you, second], owner)).toMatchObject({ canLeave: true, because: null });
	});

	test("ID-7: an admin makes no owner and does not touch one", () => {
		const boss = member("owner");
		const you = member("admin", { you: true });
		const other = member("viewer");
		expect(memberChoices(boss, [boss, you], admin)).toMatchObject({ roles: [], canRemove: false, canReceive: false });
		expect(memberChoices(boss, [boss, you], admin).because).toContain("Only an owner");
		expect(memberChoices(other, [boss, you, other], admin).roles).toEqual(["admin", "member", "viewer"]);
		expect(memberChoices(you, [boss, you], admin)).toMatchObject({ canLeave: true, canRemove: false });
	});

	test("ID-7: a viewer changes nobody and may leave", () => {
		const boss = member("owner");
		const you = member("viewer", { you: true });
		expect(memberChoices(boss, [boss, you], viewer)).toMatchObject({ roles: [], canRemove: false });
		expect(memberChoices(you, [boss, you], viewer)).toMatchObject({ roles: [], canLeave: true, canRemove: false });
		expect(memberChoices(boss, [boss, you], viewer).because).toBeNull();
	});

	test("ID-7: everybody has a name", () => {
		expect(memberName(member("member", { firstName: "Ada", lastName: "Lind" }))).toBe("Ada Lind");
		expect(memberName(member("member"))).toBe("member@sheaf.test");
		expect(memberName(member("member", { email: "" }))).not.toBe("");
		expect(ownerNames([member("owner", { firstName: "Ada" }), member("owner"), member("owner")])).toBe(
			"Ada or owner@sheaf.test",
		);
	});
});
