import { Elysia } from "elysia";
import { passwordProblems } from "../../identity/password/password-rules.ts";
import { beginSignUp, signUpAtOnce } from "../../identity/password/sign-up.ts";
import { type Credentials, normalEmail } from "../../identity/people.ts";
import { countHit, countHits, forgiveHits, rateLimits } from "../../identity/rate-limits.ts";
import { waysThrough } from "../../identity/upstream/registry.ts";
import { type Said, say } from "../../words/say.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { pageCookies } from "./cookies.ts";
import type { Onward } from "./destination.ts";
import { codePage } from "./letter/waiting-pages.ts";
import { showPage } from "./page.ts";
import { languageOf } from "./page-language.ts";
import { answerForm, openDestination, type PersonRequest, showTooMany, signInAndGo } from "./person-request.ts";
import { type SignInView, signInPage } from "./sign-in-page.ts";

type Problem = { text: Said; field: "email" | "password" | "both" };

const malformed: Problem = { text: say("Write the e-mail address in full, like ada@example.com."), field: "email" };
const taken: Problem = {
	text: say("This e-mail cannot be used for a new account. If it is yours, sign in instead."),
	field: "email",
};
const notSent: Problem = {
	text: say("The letter to this address could not be sent. Nothing was made yet; try again in a moment."),
	field: "email",
};

/** A sign-up whose fields are in order. */
type SignUp = { call: PersonRequest; destination: Onward; view: SignInView; credentials: Credentials };

/** E-mail and password from the sign-up tab: an account at once, or a letter first, where addresses have to be proven. */
export function postSignUp(deps: RouteDeps) {
	const { identity, env, upstreams, passwordWay } = deps;
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const ways = waysThrough(upstreams);
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination, field) => {
			const typed = { formToken: field("form_token"), email: field("email") };
			const view: SignInView = { ...typed, destination: openDestination(destination), ways, screen: "sign-up" };
			const again = (problem: Problem) => showPage(call, signInPage({ ...view, problem }));
			const email = normalEmail(view.email ?? "");
			if (email === null) return again(malformed);
			const password = field("password");
			const problem = await passwordWay.judge(password, email);
			if (problem !== null) return again({ text: passwordProblems[problem], field: "password" });
			const signUp = { call, destination, view, credentials: { email, password } };
			return passwordWay.verifiesEmail ? await byLetter(signUp) : await atOnce(signUp);
		});

	const atOnce = async ({ call, destination, view, credentials }: SignUp) => {
		// An existing account's password could be guessed here as well as on the other tab: one counter for both.
		const counted = await countHit(identity, rateLimits.passwordPerAccount, credentials.email);
		if (!counted.ok) return showTooMany(call, counted.retryAfterSeconds, destination);
		const userId = await signUpAtOnce(passwordWay, { ...credentials, language: languageOf(call.request) });
		if (userId === null) return showPage(call, signInPage({ ...view, problem: taken }));
		await forgiveHits(identity, rateLimits.passwordPerAccount, credentials.email);
		return await signInAndGo(frame, call, { destination, person: { userId, provider: "password" } });
	};

	const byLetter = async ({ call, destination, view, credentials }: SignUp) => {
		const { email } = credentials;
		const counted = await countHits(identity, [
			[rateLimits.lettersPerAccount, email],
			[rateLimits.lettersPerAddress, call.address],
		]);
		if (!counted.ok) return showTooMany(call, counted.retryAfterSeconds, destination);
		const waiting = await beginSignUp(passwordWay, { ...credentials, language: languageOf(call.request) });
		if (waiting === null) return showPage(call, signInPage({ ...view, problem: notSent }));
		const { formToken } = view;
		const letter = { email, waiting, mail: passwordWay.mail.kind };
		return showPage(call, codePage({ destination: view.destination, formToken, letter }));
	};

	return new Elysia().post(
		"/oauth/sign-up",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
