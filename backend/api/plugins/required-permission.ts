import type { Permission } from "../../contract/users.ts";

/** What each route's check asks for, by the very function that checks it. */
const requirements = new WeakMap<object, Permission | null>();

/**
 * Notes what a check asks of whoever calls, so that /openapi.json reads it from the check itself and cannot say another thing.
 *
 * @param permission null: any role will do
 * @returns the check
 */
export function noteRequirement<Check extends object>(check: Check, permission: Permission | null): Check {
	requirements.set(check, permission);
	return check;
}

/**
 * @param hooks of a route of Elysia's: what runs before its handler
 * @returns the permission it wants, null where any role will do; undefined for a route without a check
 */
export function requirementOf(hooks: unknown): Permission | null | undefined {
	if (typeof hooks !== "object" || hooks === null || !("transform" in hooks)) return undefined;
	if (!Array.isArray(hooks.transform)) return undefined;
	const noted = hooks.transform.flatMap((hook: { fn?: object }) => {
		const requirement = hook.fn && requirements.get(hook.fn);
		return requirement === undefined ? [] : [requirement];
	});
	return noted[0];
}
