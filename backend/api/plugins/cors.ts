import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";

const allowedHeaders = "Authorization, Content-Type, DPoP, Traceparent, X-Sheaf-Actor, X-Sheaf-Session, X-Sheaf-Device";
/** Electric's client reads a shape's place from headers, and gives up without them. */
const electricHeaders =
	"electric-handle, electric-offset, electric-schema, electric-cursor, electric-up-to-date, electric-has-data";
const exposedHeaders = `Retry-After, WWW-Authenticate, X-Request-Id, X-Sheaf-Actor, X-Sheaf-Session, X-Sheaf-Device, ${electricHeaders}`;
const preflightSeconds = 600;

/** A Firefox profile gives each extension a random UUID as its host, so that only the form can be checked. */
const firefoxOrigin = /^moz-extension:\/\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * CORS by exact list (SEC-1): the extension's ids, and Firefox extensions by their form. Credentials stay off, so that
 * a cookie never travels with such a request; who is asking is told by the token alone.
 */
export function cors(extensionIds: readonly string[]) {
	const origins = new Set(extensionIds.map((id) => `chrome-extension://${id}`));
	return new Elysia({ name: "cors" }).onRequest(({ request, set }) => {
		const origin = request.headers.get("origin");
		set.headers["vary"] = "Origin";
		const allowed = origin !== null && (origins.has(origin) || firefoxOrigin.test(origin));
		if (allowed) {
			set.headers["access-control-allow-origin"] = origin;
			set.headers["access-control-expose-headers"] = exposedHeaders;
		}
		if (request.method !== "OPTIONS" || !request.headers.has("access-control-request-method")) return undefined;
		if (!allowed) {
			throw new SheafError("request/origin-refused", "This address may not call the API from a browser.");
		}
		set.status = 204;
		set.headers["access-control-allow-methods"] = "GET, POST, PUT, PATCH, DELETE";
		set.headers["access-control-allow-headers"] = allowedHeaders;
		set.headers["access-control-max-age"] = String(preflightSeconds);
		return new Response(null, { status: 204 });
	});
}
