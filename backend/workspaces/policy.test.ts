import { expect, test } from "bun:test";
import { Permission } from "../contract/users.ts";
import { permissionsByRole, roleMay } from "./policy.ts";

const all = Permission.anyOf.map(({ const: permission }) => permission);

test("ID-7: owner and admin may do everything that there is a permission for", () => {
	expect([...permissionsByRole.owner].toSorted()).toEqual(all.toSorted());
	expect([...permissionsByRole.admin].toSorted()).toEqual(all.toSorted());
});

test("ID-7: a member does everything but manage members", () => {
	expect(all.filter((permission) => !roleMay("member", permission))).toEqual(["members:write"]);
});

test("ID-7: a viewer writes nothing", () => {
	for (const permission of all) expect(roleMay("viewer", permission)).toBe(permission.endsWith(":read"));
});

test("TEN-3: the worker holds no permission at the API", () => {
	for (const permission of all) expect(roleMay("worker", permission)).toBe(false);
});
