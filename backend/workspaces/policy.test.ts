import { expect, test } from "bun:test";
import { Permission } from "../contract/users.ts";
import { permissionsByRole, roleMay } from "./policy.ts";

const all = Permission.anyOf.map(({ const: permission }) => permission);

test("ID-7: an owner may do everything that there is a permission for, an admin all but give the workspace away", () => {
	expect([...permissionsByRole.owner].toSorted()).toEqual(all.toSorted());
	expect(all.filter((permission) => !roleMay("admin", permission))).toEqual(["workspace:own"]);
});

test("ID-7: a member does everything but manage the workspace and its members", () => {
	const managing: Permission[] = ["members:write", "workspace:write", "workspace:own"];
	expect(all.filter((permission) => !roleMay("member", permission))).toEqual(managing);
});

test("ID-7: a viewer writes nothing", () => {
	for (const permission of all) expect(roleMay("viewer", permission)).toBe(permission.endsWith(":read"));
});

test("TEN-3: the worker holds no permission at the API", () => {
	for (const permission of all) expect(roleMay("worker", permission)).toBe(false);
});
