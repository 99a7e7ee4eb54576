import { Elysia } from "elysia";
import { beginReset } from "../../../identity/password/reset.ts";
import { normalEmail } from "../../../identity/people.ts";
import { countHits, rateLimits } from "../../../identity/rate-limits.ts";
import { say } from "../../../words/say.ts";
import type { RouteDeps } from "../../app-deps.ts";
import { clientAddress } from "../../plugins/rate-limit.ts";
import { pageCookies } from "../cookies.ts";
import { showPage } from "../page.ts";
import { languageOf } from "../page-language.ts";
import { answerForm, openDestination, type PersonRequest, showTooMany } from "../person-request.ts";
import { forgotPage, newPasswordPage } from "./waiting-pages.ts";

const problems = {
	malformed: { text: say("Write the e-mail address in full, like ada@example.com."), field: "email" },
	notSent: { text: say("The letter could not be sent. Nothing was changed; try again in a moment."), field: "email" },
} as const;

/** Sends a letter to whatever address is asked for, and answers the same for all. */
export function postForgot({ identity, env, passwordWay }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination, field) => {
			const typed = field("email");
			const view = { destination: openDestination(destination), formToken: field("form_token") };
			const again = (problem: keyof typeof problems) =>
				showPage(call, forgotPage({ ...view, email: typed, problem: problems[problem] }));
			const email = normalEmail(typed);
			if (email === null) return again("malformed");
			const counted = await countHits(identity, [
				[rateLimits.lettersPerAccount, email],
				[rateLimits.lettersPerAddress, call.address],
			]);
			if (!counted.ok) return showTooMany(call, counted.retryAfterSeconds, destination);
			const waiting = await beginReset(passwordWay, { email, language: languageOf(call.request) });
			if (waiting === null) return again("notSent");
			const letter = { email, waiting, mail: passwordWay.mail.kind };
			return showPage(call, newPasswordPage({ ...view, letter }));
		});
	return new Elysia().post(
		"/oauth/forgot",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
