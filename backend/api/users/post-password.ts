import { Elysia } from "elysia";
import { PasswordChange } from "../../contract/ways-in.ts";
import { SheafError } from "../../errors.ts";
import { changePassword } from "../../identity/password/set-password.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import type { RouteDeps } from "../app-deps.ts";
import { languageOf } from "../oauth/page-language.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

/** Sets a first password or changes the one there is; the person's other devices are signed out. */
export function postPassword({ identity, passwordWay }: RouteDeps) {
	return new Elysia().use(requireAuth()).post(
		"/api/v1/users/me/password",
		async ({ principal, body, request, set }) => {
			// Whoever took a device for a moment must not guess its person's password with it.
			const counted = await countHit(identity, rateLimits.passwordPerPerson, principal.userId);
			if (!counted.ok) throw tooMany(counted.retryAfterSeconds);
			await changePassword(passwordWay, principal, { ...body, language: languageOf(request) });
			set.status = 204;
		},
		{ body: PasswordChange, detail: protectedDetail("users", "Set a first password, or change it") },
	);
}

function tooMany(retryAfterSeconds: number): SheafError {
	const minutes = Math.ceil(retryAfterSeconds / 60);
	const message = `That were many tries. Nothing was changed; try again in ${minutes} min.`;
	return new SheafError("auth/rate-limited", message, { details: { retryAfterSeconds } });
}
