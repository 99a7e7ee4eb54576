import type { Database } from "../db/connect.ts";

/** What this room works with; identity's context is one. */
export type WorkspaceContext = {
	asIdentity: Database["asIdentity"];
	/** Milliseconds since the epoch. */
	now: () => number;
};
