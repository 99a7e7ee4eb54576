/**
 * The points at which a fault can change what is stored. Tests block, kill or notify there; the chaos suite proves that
 * every point was reached. A new point is added here first, so that no test waits for a name that nobody announces.
 */
export type CheckpointName =
	| "writes/before-transaction"
	| "writes/after-commit"
	| "writes/in-transaction"
	| "deliver/after-claim"
	| "deliver/after-read"
	| "deliver/before-push"
	| "deliver/after-accept"
	| "deliver/before-settle"
	| "deliver/after-settle"
	| "bulk/in-transaction"
	| "bulk/after-commit"
	| "oauth/after-refresh"
	| "departure/after-mark"
	| "departure/after-workspaces"
	| "departure/before-last-step";

export type CheckpointListener = (name: CheckpointName) => Promise<void> | void;

let installed: CheckpointListener | undefined;

/**
 * Announces that the code reached a named point, and waits for the listener of a test if there is one. In production
 * nobody installs a listener and no setting can: it costs one comparison.
 */
export async function checkpoint(name: CheckpointName): Promise<void> {
	if (installed !== undefined) await installed(name);
}

/** Called by a test's own entry file only. Returns the function that removes the listener again. */
export function installCheckpointListener(listener: CheckpointListener): () => void {
	installed = listener;
	return () => {
		if (installed === listener) installed = undefined;
	};
}
