import { type Static, Type } from "@sinclair/typebox";
import { Instant, Uuid } from "./ids.ts";

/** `DELETE /api/v1/users/me`: the person's e-mail (or, without one, the word "delete"), typed by them. */
export const UserDelete = Type.Object({ confirm: Type.String({ maxLength: 254 }) }, { additionalProperties: false });
export type UserDelete = Static<typeof UserDelete>;

/** What was removed, in numbers, and what only the person can remove elsewhere. */
export const DeletionReceipt = Type.Object({
	id: Uuid,
	requestedAt: Instant,
	finishedAt: Instant,
	/** By what was removed: `records`, `connections`, `targets`, `workspaces`, `sessions`, `jobs`, … */
	counts: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
	/** Access that was given at a provider: taken back, or where to take it back oneself. */
	grants: Type.Array(
		Type.Object({
			provider: Type.String(),
			outcome: Type.Union([Type.Literal("revoked"), Type.Literal("expires"), Type.Literal("by_hand")]),
			/** Where to take it back by hand. */
			url: Type.Union([Type.String(), Type.Null()]),
		}),
	),
});
export type DeletionReceipt = Static<typeof DeletionReceipt>;
