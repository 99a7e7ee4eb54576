import { Elysia } from "elysia";
import { createExchange } from "../identity/exchange.ts";
import { createIdentity } from "../identity/identity.ts";
import { createPasswordWay } from "../identity/password/password-way.ts";
import { tokenReaders } from "../identity/token-readers.ts";
import { createUpstreams } from "../identity/upstream/registry.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { guardDashboard } from "./admin/guard-dashboard.ts";
import type { AppDeps } from "./app-deps.ts";
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
import { routes } from "./routes.ts";

/** Bun hangs up after ten by default; a page may have to wait longer for a slow mail server to take a letter. */
const answerSeconds = 30;

/**
 * The whole HTTP surface; `.listen()` is the caller's. The order is the point: ids and headers first, so that refusals
 * carry them too, then who may ask at all, then what was asked.
 */
export async function createApp(deps: AppDeps) {
	const { env, database, vault, http, log, clock = Date.now } = deps;
	const { asIdentity } = database;
	const { publicUrl: issuer, extensionIds } = env;
	const identity = createIdentity({
		asIdentity,
		vault,
		issuer,
		extensionIds,
		firefoxIds: env.identity.firefoxIds,
		now: clock,
		limits: deps.limits,
	});
	const upstreams = createUpstreams({ identity: env.identity, http, now: clock });
	const exchange = createExchange(identity, tokenReaders(identity, { env, http, upstreams }));
	const passwordWay = createPasswordWay({ ...deps, env: env.identity, identity, upstreams });
	const metrics = createMetrics();
	const app = new Elysia({ serve: { maxRequestBodySize: serverMaxBytes, idleTimeout: answerSeconds } })
		.use(answerErrors(log, metrics))
		.use(logRequests({ log, logKey: env.logKey, metrics }))
		.use(correlate())
		.use(knowClients(env.identity.trustedProxies))
		.use(securityHeaders(issuer))
		.use(cors(extensionIds))
		.use(authenticate(identity))
		.use(guardDashboard({ identity, publicUrl: issuer, operators: env.operators }))
		.use(limitWrites(identity))
		.use(readBody())
		.use(endDeletions({ ...deps, identity, upstreams }));
	const all = { ...deps, identity, upstreams, exchange, passwordWay, metrics };
	for (const route of routes) app.use(await route(all));
	app.use(getOpenapi(app, issuer));
	await app.modules;
	return app;
}
