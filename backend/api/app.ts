import { Elysia } from "elysia";
import { guardDashboard } from "./admin/guard-dashboard.ts";
import type { AppDeps } from "./app-deps.ts";
import { completeDeps } from "./complete-deps.ts";
import { getOpenapi } from "./openapi/get-openapi.ts";
import { authenticate } from "./plugins/authenticate.ts";
import { knowClients } from "./plugins/client-address.ts";
import { cors } from "./plugins/cors.ts";
import { endDeletions } from "./plugins/end-deletions.ts";
import { answerErrors } from "./plugins/errors.ts";
import { logRequests } from "./plugins/log-requests.ts";
import { limitWrites } from "./plugins/rate-limit.ts";
import { readBody, serverMaxBytes } from "./plugins/read-body.ts";
import { correlate } from "./plugins/request-id.ts";
import { securityHeaders } from "./plugins/security-headers.ts";
import { traceRequests } from "./plugins/trace-requests.ts";
import { routes } from "./routes.ts";

/** Bun hangs up after ten by default; a page may have to wait longer for a slow mail server to take a letter. */
const answerSeconds = 30;

/**
 * The whole HTTP surface; `.listen()` is the caller's. The order is the point: ids and headers first, so that refusals
 * carry them too, then who may ask at all, then what was asked.
 */
export async function createApp(deps: AppDeps) {
	const all = completeDeps(deps);
	const { env, log, identity, metrics } = all;
	const { publicUrl: issuer, extensionIds } = env;
	const app = new Elysia({ serve: { maxRequestBodySize: serverMaxBytes, idleTimeout: answerSeconds } })
		.use(answerErrors(log, metrics))
		.use(logRequests({ log, logKey: env.logKey, metrics }))
		.use(traceRequests())
		.use(correlate())
		.use(knowClients(env.identity.trustedProxies))
		.use(securityHeaders(issuer))
		.use(cors(extensionIds))
		.use(authenticate(identity))
		.use(guardDashboard({ identity, publicUrl: issuer, operators: env.operators }))
		.use(limitWrites(identity))
		.use(readBody())
		.use(endDeletions(all));
	for (const route of routes) app.use(await route(all));
	app.use(getOpenapi(app, issuer));
	await app.modules;
	return app;
}
