import { filesIn } from "../blobs/open-files.ts";
import { createExchange } from "../identity/exchange.ts";
import { createIdentity } from "../identity/identity.ts";
import { createPasswordWay } from "../identity/password/password-way.ts";
import { tokenReaders } from "../identity/token-readers.ts";
import { createUpstreams } from "../identity/upstream/registry.ts";
import { metrics } from "../telemetry/metrics.ts";
import type { AppDeps, RouteDeps } from "./app-deps.ts";

/** What was handed in, and everything that is made of it: one of each per app. */
export function completeDeps(deps: AppDeps): RouteDeps {
	const { env, database, vault, http, clock = Date.now } = deps;
	const identity = createIdentity({
		asIdentity: database.asIdentity,
		vault,
		issuer: env.publicUrl,
		extensionIds: env.extensionIds,
		firefoxIds: env.identity.firefoxIds,
		now: clock,
		limits: deps.limits,
	});
	// While this process listens, a removed member reads nothing on what was known of them a minute ago.
	deps.live.onDoubt((userId) => identity.standing.forgetPerson(userId));
	const upstreams = createUpstreams({ identity: env.identity, http, now: clock });
	const exchange = createExchange(identity, tokenReaders(identity, { env, http, upstreams }));
	const passwordWay = createPasswordWay({ ...deps, env: env.identity, identity, upstreams });
	return { ...deps, identity, upstreams, exchange, passwordWay, metrics, files: filesIn(deps) };
}
