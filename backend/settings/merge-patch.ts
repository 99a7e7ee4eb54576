import { SheafError } from "../errors.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Preferences are flat or nearly so; what is deeper is a mistake, or an attempt on the stack. */
export const maxDepth = 16;

/**
 * RFC 7396: names in the patch replace those of the target, null takes one away, objects are merged, and everything else (lists too) is
 * taken whole. Neither argument is changed.
 *
 * Names are only ever read and written as own properties. `__proto__` is refused all the same: it could be stored, and would then
 * lie in wait for the first client that assigns it.
 *
 * @throws SheafError `request/invalid` for a patch that is no object, for the name `__proto__` and for more than `maxDepth` objects or lists within one another
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
	if (!isObject(patch)) throw new SheafError("request/invalid", "Settings are an object of names and values.");
	refuseUnsafe(patch, 1);
	return merged(target, patch);
}

function merged(target: JsonObject, patch: JsonObject): JsonObject {
	const result = new Map<string, unknown>(Object.entries(target));
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) result.delete(name);
		else if (isObject(value)) {
			const known = result.get(name);
			result.set(name, merged(isObject(known) ? known : {}, value));
		} else result.set(name, value);
	}
	return Object.fromEntries(result);
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuseUnsafe(value: unknown, depth: number): void {
	if (typeof value !== "object" || value === null) return;
	if (depth > maxDepth) {
		throw new SheafError("request/invalid", `Settings go at most ${maxDepth} levels deep.`);
	}
	for (const [name, inner] of Object.entries(value)) {
		if (name === "__proto__") throw new SheafError("request/invalid", '"__proto__" cannot be the name of a setting.');
		refuseUnsafe(inner, depth + 1);
	}
}
