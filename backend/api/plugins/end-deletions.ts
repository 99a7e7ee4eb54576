import { Elysia } from "elysia";
import type { DeletionDeps } from "../../departure/delete/deletion-deps.ts";
import { finishDeletions } from "../../departure/delete/finish-deletions.ts";

const pauseMs = 60_000;

/**
 * Ends deletions that another process began and did not end: when this one starts, and then at most once a minute, on the heels of any
 * request. So no timer outlives the app and an idle backend does nothing.
 */
export function endDeletions(deps: DeletionDeps) {
	let nextAt = 0;
	const sweep = async () => {
		const now = deps.identity.now();
		if (now < nextAt) return;
		nextAt = now + pauseMs;
		try {
			await finishDeletions(deps);
		} catch (error) {
			deps.log.warn({ err: error }, "nobody could look for deletions to end: it is tried again");
		}
	};
	return new Elysia({ name: "end-deletions" })
		.onStart(() => {
			void sweep();
		})
		.onAfterResponse({ as: "global" }, () => {
			void sweep();
		});
}
