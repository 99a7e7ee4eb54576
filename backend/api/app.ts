import { openapi } from "@elysiajs/openapi";
import { Elysia } from "elysia";
import type { AppDeps } from "./app-deps.ts";
import { cors } from "./plugins/cors.ts";
import { answerErrors } from "./plugins/errors.ts";
import { readBody, serverMaxBytes } from "./plugins/read-body.ts";
import { correlate } from "./plugins/request-id.ts";
import { securityHeaders } from "./plugins/security-headers.ts";
import { routes } from "./routes.ts";

/**
 * The whole HTTP surface; `.listen()` is the caller's. The order is the point: ids and headers first, so that refusals
 * carry them too, then who may ask at all, then what was asked.
 */
export async function createApp(deps: AppDeps) {
	const app = new Elysia({ serve: { maxRequestBodySize: serverMaxBytes } })
		.use(answerErrors(deps.log))
		.use(correlate())
		.use(securityHeaders(deps.env.publicUrl))
		.use(cors(deps.env.extensionIds))
		.use(readBody())
		.use(openapi({ path: "/openapi", specPath: "/openapi.json", provider: null }));
	for (const route of routes) app.use(route(deps));
	await app.modules;
	return app;
}
