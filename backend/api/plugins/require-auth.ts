import { Elysia } from "elysia";
import type { Permission } from "../../contract/users.ts";
import type { Principal } from "../../db/principal.ts";
import { SheafError } from "../../errors.ts";
import type { Actor } from "../../telemetry/actor-uid.ts";
import { refuseUnless } from "../../workspaces/policy.ts";
import { noteRequirement } from "./required-permission.ts";

const principals = new WeakMap<Request, Principal>();
const actors = new WeakMap<Request, Actor>();

/** Called by the authentication gate once it has verified a request's token. */
export function rememberPrincipal(request: Request, principal: Principal): void {
	principals.set(request, principal);
}

/** The way in that opened the session of a request, for its line in the log. */
export function rememberActor(request: Request, actor: Actor): void {
	actors.set(request, actor);
}

export function actorOf(request: Request): Actor | undefined {
	return actors.get(request);
}

/** Who a request speaks for, or undefined when the gate did not let it in. */
export function principalOf(request: Request): Principal | undefined {
	return principals.get(request);
}

/** @throws SheafError `auth/token-missing` on a route that the authentication gate does not cover */
export function signedIn(request: Request): Principal {
	const principal = principals.get(request);
	if (!principal) throw new SheafError("auth/token-missing", "Sign in first: this request carries no access token.");
	return principal;
}

/**
 * Gives a route its verified `principal`, and refuses whoever's role lacks the permission.
 *
 * The check runs before the body is validated, so that a viewer learns "not allowed" and not the shape of the body. A
 * route that the authentication gate does not cover refuses everyone.
 *
 * @throws SheafError `auth/token-missing` or `auth/forbidden`.
 */
export function requireAuth(permission?: Permission) {
	const check = ({ request }: { request: Request }) => {
		const principal = signedIn(request);
		refuseUnless(principal.role, permission ?? null);
		return { principal };
	};
	return new Elysia().derive({ as: "scoped" }, noteRequirement(check, permission ?? null));
}

/**
 * Gives a route its verified `principal`, or null for a guest, who showed no token. The route's path has to be listed in
 * `public-api.ts`: everywhere else the gate has refused a guest already.
 */
export function optionalAuth() {
	return new Elysia().derive({ as: "scoped" }, ({ request }) => ({ principal: principalOf(request) ?? null }));
}
