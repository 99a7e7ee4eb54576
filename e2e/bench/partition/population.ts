import { createHash } from "node:crypto";
import type { Principal } from "../../../backend/db/principal.ts";

/** How many workspaces of a database there are, and how much they hold on average. */
export type Population = { workspaces: number; rows: number };

/**
 * Of each hundred workspaces one holds 30 % of the rows, nine hold 36 % and ninety the rest: a few teams that capture all day
 * and many people who try it. Both sides have workspaces of the same three sizes, so reads of equal ones can be compared.
 */
const shares = [
	{ name: "big", count: 1, share: 0.3 },
	{ name: "middling", count: 9, share: 0.36 },
	{ name: "small", count: 90, share: 0.34 },
] as const;

/** The size of a workspace by its place in its hundred, as SQL over `w`. */
export function sizeInSql(population: Population): string {
	return `case when w % 100 < 1 then ${rowsOf(population, 0)} when w % 100 < 10 then ${rowsOf(population, 1)}
		else ${rowsOf(population, 2)} end`;
}

function rowsOf({ rows, workspaces }: Population, size: 0 | 1 | 2): number {
	const { count, share } = shares[size];
	return Math.max(120, Math.round(((rows / workspaces) * 100 * share) / count));
}

/** A workspace picked by chance, and a run of records in it: what one sample asks for. */
export type Pick = { size: 0 | 1 | 2; hundred: number; place: number; record: number };

/** Sizes come up as often as rows lie in them, since who captures more also reads more. */
export function pickAnywhere(random: () => number): Pick {
	const die = random();
	const size = die < 0.3 ? 0 : die < 0.66 ? 1 : 2;
	return { size, hundred: random(), place: random(), record: random() };
}

/** The same pick on either side: another workspace, but of the same size, and the same place in it. */
export function resolve(population: Population, { size, hundred, place, record }: Pick) {
	const { count } = shares[size];
	const first = [0, 1, 10][size] ?? 0;
	const workspace =
		Math.floor((hundred * population.workspaces) / 100) * 100 + first + Math.min(count - 1, Math.floor(place * count));
	// The last hundred are left out: a poll asks for a run of a hundred from here on.
	const number = Math.floor(record * (rowsOf(population, size) - 100));
	return { workspace, number };
}

/** Ids follow from numbers, in SQL and here, so that nothing has to be looked up (and thereby warmed) before it is measured. */
export const idInSql = (kind: "workspace" | "user" | "target" | "connection") => `md5('${kind}/' || w)::uuid`;
export const idOf = (kind: "workspace" | "user" | "target" | "connection", workspace: number) =>
	toUuid(md5(`${kind}/${workspace}`));

const firstInstant = Date.UTC(2026, 0, 1);
const stepMs = 60_000;

/** When a record was made, as SQL over its number `n`. */
export const instantInSql = `to_timestamp((${firstInstant} + n * ${stepMs}::bigint) / 1000.0)`;

/** Ids of version 7, as the extension makes them: they ascend with time. */
export const recordIdInSql = `(lpad(to_hex(${firstInstant} + n * ${stepMs}::bigint), 12, '0') || '7'
	|| substr(md5(w || '/' || n), 1, 3) || '8' || substr(md5(w || '/' || n), 4, 15))::uuid`;

export function recordIdOf(workspace: number, number: number): string {
	const hash = md5(`${workspace}/${number}`);
	const instant = (firstInstant + number * stepMs).toString(16).padStart(12, "0");
	return toUuid(`${instant}7${hash.slice(0, 3)}8${hash.slice(3, 18)}`);
}

/** The only person of a workspace. */
export function ownerOf(workspace: number): Principal {
	return {
		userId: idOf("user", workspace),
		workspaceId: idOf("workspace", workspace),
		role: "owner",
		sessionId: null,
		deviceId: null,
	};
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const toUuid = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
