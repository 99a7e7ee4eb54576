import { activityCalls } from "./calls/activity.ts";
import { blobCalls } from "./calls/blobs.ts";
import { bulkCalls } from "./calls/bulk.ts";
import { connectionCalls } from "./calls/connections.ts";
import { eventCalls } from "./calls/events.ts";
import { recipeCalls } from "./calls/recipes.ts";
import { recordCalls } from "./calls/records.ts";
import { selectionCalls } from "./calls/selections.ts";
import { sessionCalls } from "./calls/sessions.ts";
import { sourceCalls } from "./calls/sources.ts";
import { targetCalls } from "./calls/targets.ts";
import { userCalls } from "./calls/users.ts";
import { wayInCalls } from "./calls/ways-in.ts";
import { workspaceCalls } from "./calls/workspaces.ts";
import { createRequester, type RequesterDeps } from "./request.ts";

/** The backend's API as functions, one file per resource. Every one throws `ApiFailure` and nothing else. */
export type Client = ReturnType<typeof createClient>;

/**
 * Typed requests on the contract. The answers' envelopes are checked and their content is trusted: it is our own
 * backend's, over the connection the token was given to.
 */
export function createClient(deps: RequesterDeps) {
	const request = createRequester(deps);
	return {
		...recordCalls(request),
		...blobCalls(request),
		...bulkCalls(request),
		...connectionCalls(request),
		...targetCalls(request),
		...sourceCalls(request),
		...selectionCalls(request),
		...recipeCalls(request),
		...userCalls(request),
		...wayInCalls(request),
		...sessionCalls(request),
		...workspaceCalls(request),
		...activityCalls(request),
		...eventCalls(request),
	};
}
