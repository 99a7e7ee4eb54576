import type { Permission, Role } from "../contract/users.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";

const everything: readonly Permission[] = [
	"records:read",
	"records:write",
	"connections:read",
	"connections:write",
	"targets:read",
	"targets:write",
	"members:read",
	"members:write",
	"workspace:write",
	"workspace:own",
];

const managing: ReadonlySet<Permission> = new Set(["members:write", "workspace:write", "workspace:own"]);

/**
 * The one policy table (ID-7): what each role may do in its workspace. The server enforces it, `/users/session`
 * reports it, and row-level security repeats its coarse lines as the last layer (TEN-3).
 */
export const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
	owner: everything,
	admin: everything.filter((permission) => permission !== "workspace:own"),
	member: everything.filter((permission) => !managing.has(permission)),
	viewer: ["records:read", "connections:read", "targets:read", "members:read"],
};

/** The worker is not a member: it never arrives over HTTP, and so it holds no permission here. */
export function roleMay(role: Principal["role"], permission: Permission): boolean {
	return role !== "worker" && permissionsByRole[role].includes(permission);
}

/**
 * @param permission null: any role will do
 * @throws SheafError `auth/forbidden`
 */
export function refuseUnless(role: Principal["role"], permission: Permission | null): void {
	if (permission === null || roleMay(role, permission)) return;
	throw new SheafError("auth/forbidden", "Your role in this workspace does not allow this.", {
		details: { permission },
	});
}
