import type { RouteModule } from "./app-deps.ts";
import { getHealthz } from "./health/get-healthz.ts";
import { getReadyz } from "./health/get-readyz.ts";
import { getJwks } from "./oauth/get-jwks.ts";
import { getMetadata } from "./oauth/get-metadata.ts";
import { postRevoke } from "./oauth/post-revoke.ts";
import { postToken } from "./oauth/post-token.ts";
import { getMeFull } from "./users/get-me-full.ts";
import { getMe } from "./users/get-me.ts";
import { getMySession } from "./users/get-my-session.ts";
import { listMyAccounts } from "./users/list-my-accounts.ts";

/** Every route module of the API, one line each. The route walk test reads the result from /openapi.json. */
export const routes: readonly RouteModule[] = [
	getHealthz,
	getReadyz,
	getMetadata,
	getJwks,
	postToken,
	postRevoke,
	getMe,
	listMyAccounts,
	getMeFull,
	getMySession,
];
