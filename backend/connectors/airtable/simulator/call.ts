import { refuse, refuseModel } from "./replies.ts";
import { type Base, findTable, type PermissionLevel, type Table } from "./state.ts";
import { levelOf, type Token } from "./tokens.ts";
import type { World } from "./world.ts";

/** One request to the API, read and let in. */
export type Call = {
	world: World;
	token: Token;
	method: string;
	/** Decoded path segments after `/v0`. */
	segments: readonly string[];
	query: URLSearchParams;
	/** The parsed JSON body; undefined when there was none. */
	body: unknown;
};

const rank: Readonly<Record<PermissionLevel, number>> = { none: 0, read: 1, comment: 2, edit: 3, create: 4 };

export function needScope(call: Call, scope: string): void {
	if (!call.token.scopes.includes(scope)) refuseModel();
}

export function levelIn(call: Call, base: Base): PermissionLevel {
	return levelOf(call.token, base);
}

/** The base a call names, for one who may do at least `level` there. */
export function baseOf(call: Call, baseId: string | undefined, level: "read" | "edit" | "create"): Base {
	const base = call.world.state.bases.find((candidate) => candidate.id === baseId);
	if (base === undefined) return refuseModel();
	const has = rank[levelIn(call, base)];
	if (has === rank.none) return refuseModel();
	if (has >= rank[level]) return base;
	return refuse(403, "INVALID_PERMISSIONS", "You are not permitted to perform this operation");
}

export function tableOf(base: Base, idOrName: string | undefined): Table {
	return findTable(base, idOrName ?? "") ?? refuseModel();
}
