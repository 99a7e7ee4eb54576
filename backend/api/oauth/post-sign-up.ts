import { Elysia } from "elysia";
import { maxPasswordLength, minPasswordLength } from "../../identity/passwords.ts";
import { normalEmail, type SignUpResult, signUp } from "../../identity/people.ts";
import { countHit, forgiveHits, rateLimits } from "../../identity/rate-limits.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { pageCookies } from "./cookies.ts";
import { showPage } from "./page.ts";
import { answerForm, openDestination, type PersonRequest, showTooMany, signInAndGo } from "./person-request.ts";
import { signInPage } from "./sign-in-page.ts";

type Problem = { text: string; field: "email" | "password" | "both" };

const problems: Readonly<Record<Exclude<SignUpResult["kind"], "signed-in">, Problem>> = {
	"email-malformed": { text: "Write the e-mail address in full, like ada@example.com.", field: "email" },
	"password-unacceptable": {
		text: `Choose a password of ${minPasswordLength} to ${maxPasswordLength} characters.`,
		field: "password",
	},
	refused: { text: "This e-mail cannot be used for a new account. If it is yours, sign in instead.", field: "email" },
};

/** E-mail and password from the sign-up tab. */
export function postSignUp({ identity, env }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination, field) => {
			const email = field("email");
			const account = normalEmail(email) ?? "";
			// An existing account's password could be guessed here as well as on the other tab: one counter for both.
			const counted = await countHit(identity, rateLimits.passwordPerAccount, account);
			if (!counted.ok) return showTooMany(call.set, counted.retryAfterSeconds);
			const result = await signUp(identity, { email, password: field("password") });
			if (result.kind !== "signed-in") {
				const view = { destination: openDestination(destination), formToken: field("form_token"), email };
				const problem = problems[result.kind];
				return showPage(call.set, signInPage({ ...view, screen: "sign-up", problem }));
			}
			await forgiveHits(identity, rateLimits.passwordPerAccount, account);
			return await signInAndGo(frame, call, { destination, person: { userId: result.userId, provider: "password" } });
		});
	return new Elysia().post(
		"/oauth/sign-up",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
