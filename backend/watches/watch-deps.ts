import type { CareDeps } from "../connections/care.ts";

/** What noticing changes at the destinations takes. */
export type WatchDeps = CareDeps & {
	/** Where providers send their notices, without a trailing slash; null where they cannot reach this installation. */
	noticesUrl: string | null;
};
