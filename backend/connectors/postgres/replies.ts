import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { SessionError } from "./trouble.ts";

/** Rows as they were asked for. @throws SessionError when a server, or something before it, answers otherwise */
export function rowsOf<Shape extends TSchema>(shape: Shape, reply: readonly unknown[]): Static<Shape> {
	const rows: unknown = reply.map((row) => (typeof row === "object" && row !== null ? { ...row } : row));
	if (!Value.Check(shape, rows)) throw new SessionError({ kind: "provider" });
	return rows;
}
