/** Brings the settings that follow the person to the server and back (`api/sync-settings.ts`). */
export type SettingsFollower = {
	/** Now. Never rejects: what was not sent is sent the next time. */
	sync(): Promise<void>;
	/** Soon, once for all changes that come within a second. */
	changed(): void;
};

const restMs = 1_000;

export const createSettingsFollower = (deps: {
	sync: () => Promise<void>;
	wait: (delayMs: number) => Promise<void>;
}): SettingsFollower => {
	let resting: Promise<void> | null = null;
	const sync = (): Promise<void> => deps.sync().catch(() => undefined);
	return {
		sync,
		changed: () => {
			// Should the worker be stopped in this second, the change is found at the next sync: it is told by comparing.
			resting ??= deps.wait(restMs).then(() => {
				resting = null;
				return sync();
			});
		},
	};
};
