import { Elysia } from "elysia";
import { waitedAddress } from "../../../identity/password/email-challenges.ts";
import { passwordProblems } from "../../../identity/password/password-rules.ts";
import { resetByCode } from "../../../identity/password/reset.ts";
import { countHit, forgiveHits, rateLimits } from "../../../identity/rate-limits.ts";
import { say } from "../../../words/say.ts";
import type { RouteDeps } from "../../app-deps.ts";
import { clientAddress } from "../../plugins/rate-limit.ts";
import { pageCookies } from "../cookies.ts";
import { showPage } from "../page.ts";
import { languageOf } from "../page-language.ts";
import { answerForm, openDestination, type PersonRequest, showTooMany, signInAndGo } from "../person-request.ts";
import { forgotAddress } from "./forgot-address.ts";
import { type FormProblem, letterOverPage, newPasswordPage } from "./waiting-pages.ts";

const wrongCode = say("That is not the code of the letter. Check it; after five tries you need a new letter.");

/** Code and new password at once. Whoever had signed in with the old one is out, and this window goes on. */
export function postReset({ identity, env, passwordWay }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination, field) => {
			const [waiting, password] = [field("waiting"), field("password")];
			const leads = openDestination(destination);
			const over = () => showPage(call, letterOverPage({ destination: leads, again: forgotAddress(destination) }));
			const email = await waitedAddress(identity, waiting);
			if (email === null) return over();
			const again = (problem: FormProblem) => {
				const letter = { email, waiting, mail: passwordWay.mail.kind };
				const view = { destination: leads, formToken: field("form_token"), letter, problem };
				return showPage(call, newPasswordPage(view));
			};
			// Before the code, which is good for five tries only.
			const problem = await passwordWay.judge(password, email);
			if (problem !== null) return again({ text: passwordProblems[problem], field: "password" });
			const counted = await countHit(identity, rateLimits.codesPerAccount, email);
			if (!counted.ok) return showTooMany(call, counted.retryAfterSeconds, destination);
			const language = languageOf(call.request);
			const end = await resetByCode(passwordWay, { waiting, code: field("code"), password, language });
			if (end === "wrong") return again({ text: wrongCode, field: "code" });
			if (end === "gone") return over();
			await forgiveHits(identity, rateLimits.passwordPerAccount, end.email);
			return await signInAndGo(frame, call, { destination, person: { userId: end.userId, provider: "password" } });
		});
	return new Elysia().post(
		"/oauth/reset",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
