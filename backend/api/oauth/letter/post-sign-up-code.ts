import { Elysia } from "elysia";
import { waitedAddress } from "../../../identity/password/email-challenges.ts";
import { finishSignUp } from "../../../identity/password/sign-up.ts";
import { countHit, rateLimits } from "../../../identity/rate-limits.ts";
import { say } from "../../../words/say.ts";
import type { RouteDeps } from "../../app-deps.ts";
import { clientAddress } from "../../plugins/rate-limit.ts";
import { pageCookies } from "../cookies.ts";
import { pageAddress } from "../destination.ts";
import { showPage } from "../page.ts";
import { answerForm, openDestination, type PersonRequest, showTooMany, signInAndGo } from "../person-request.ts";
import { codePage, letterOverPage, takenPage } from "./waiting-pages.ts";

const wrongCode = say("That is not the code of the letter. Check it; after five tries you need a new letter.");
const notPressed = say("Type the letter’s code, or open its link and press the button there first.");

/** The window that waits for a new account's letter: its code, or nothing typed once the letter's link was pressed elsewhere. */
export function postSignUpCode({ identity, env, passwordWay }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination, field) => {
			const [code, waiting] = [field("code"), field("waiting")];
			const leads = openDestination(destination);
			const over = () => showPage(call, letterOverPage({ destination: leads, again: pageAddress(leads, "sign-up") }));
			const email = await waitedAddress(identity, waiting);
			if (email === null) return over();
			const counted = await countHit(identity, rateLimits.codesPerAccount, email);
			if (!counted.ok) return showTooMany(call, counted.retryAfterSeconds, destination);
			const end = await finishSignUp(passwordWay, { waiting, code });
			if (end === "gone") return over();
			if (end === "taken") return showPage(call, takenPage(leads));
			if (end === "wrong") {
				const letter = { email, waiting, mail: passwordWay.mail.kind };
				const problem = { text: code.trim() === "" ? notPressed : wrongCode, field: "code" };
				const view = { destination: leads, formToken: field("form_token"), letter, problem };
				return showPage(call, codePage(view));
			}
			return await signInAndGo(frame, call, { destination, person: { userId: end.userId, provider: "password" } });
		});
	return new Elysia().post(
		"/oauth/sign-up/code",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
