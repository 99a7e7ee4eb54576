import { noWorkspace } from "./schema.ts";

/** Where the person works, and where their role lets them write (ID-7). */
export type Access = { workspaceId: string; mayWrite: (workspaceId: string) => boolean };

/** Tells of an operation's workspace whether it may be sent now; what has none goes to the current one. */
export function openWith({ workspaceId, mayWrite }: Access): (workspaceId: string) => boolean {
	return (id) => mayWrite(id === noWorkspace ? workspaceId : id);
}
