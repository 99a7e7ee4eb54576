/** The files of a workspace, for whoever makes a call in its name. */
export type FilesOf = (workspaceId: string) => GuardedFiles;

/**
 * Files that people gave to the workspace that is asked for, and never another's; read by ranges, so that nobody holds a whole one. For
 * connectors whose manifest says `readsFiles`.
 *
 * @param sha256 as `contract/blobs.ts` has it
 * @returns null: the workspace has no such file
 */
export type GuardedFiles = (sha256: string) => Promise<OpenedFile | null>;

export type OpenedFile = {
	byteSize: number;
	/** The bytes from `start` to before `end`, all of them; null: the store did not give them this time. */
	read(range: { start: number; end: number }): Promise<Uint8Array | null>;
};
