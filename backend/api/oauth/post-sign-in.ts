import { Elysia } from "elysia";
import { normalEmail, signIn } from "../../identity/people.ts";
import { countHit, forgiveHits, rateLimits } from "../../identity/rate-limits.ts";
import { waysThrough } from "../../identity/upstream/registry.ts";
import { noteAuthFailure, noteAuthSuccess } from "../../telemetry/auth-figures.ts";
import { say } from "../../words/say.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { pageCookies } from "./cookies.ts";
import { showPage } from "./page.ts";
import { answerForm, openDestination, type PersonRequest, showTooMany, signInAndGo } from "./person-request.ts";
import { signInPage } from "./sign-in-page.ts";

/** The same words whether the e-mail or the password is wrong: the page does not tell who has an account. */
const mismatch = say("That e-mail and password do not match. Check both, or create an account.");

/** E-mail and password from the sign-in tab. */
export function postSignIn({ identity, env, upstreams }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const ways = waysThrough(upstreams);
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination, field) => {
			const email = field("email");
			const account = normalEmail(email) ?? "";
			const counted = await countHit(identity, rateLimits.passwordPerAccount, account);
			if (!counted.ok) return showTooMany(call, counted.retryAfterSeconds, destination);
			const userId = await signIn(identity, { email, password: field("password") });
			if (userId === null) {
				noteAuthFailure("password");
				const view = { destination: openDestination(destination), formToken: field("form_token"), email };
				const problem = { text: mismatch, field: "both" } as const;
				return showPage(call, signInPage({ ...view, ways, screen: "sign-in", problem }));
			}
			noteAuthSuccess();
			await forgiveHits(identity, rateLimits.passwordPerAccount, account);
			return await signInAndGo(frame, call, { destination, person: { userId, provider: "password" } });
		});
	return new Elysia().post(
		"/oauth/sign-in",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
