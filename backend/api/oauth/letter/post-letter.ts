import { Elysia } from "elysia";
import { confirmByLink } from "../../../identity/password/confirm.ts";
import { findByLink } from "../../../identity/password/email-challenges.ts";
import { passwordProblems } from "../../../identity/password/password-rules.ts";
import { type NewPassword, resetByLink, setsPassword } from "../../../identity/password/reset.ts";
import { forgiveHits, rateLimits } from "../../../identity/rate-limits.ts";
import type { RouteDeps } from "../../app-deps.ts";
import { clientAddress } from "../../plugins/rate-limit.ts";
import { pageCookies } from "../cookies.ts";
import { type Page, showPage } from "../page.ts";
import { languageOf } from "../page-language.ts";
import { answerLetterForm, type PersonRequest } from "../person-request.ts";
import {
	accountMadePage,
	confirmedPage,
	deadLinkPage,
	type LinkView,
	linkPasswordPage,
	notConfirmedPage,
	passwordSetPage,
} from "./link-pages.ts";

/** The button behind a letter's link. It signs nobody in: whoever began goes on in their own window. */
export function postLetter({ identity, env, passwordWay }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerLetterForm(frame, call, async (field) => {
			const link = field("link");
			const challenge = await findByLink(identity, link);
			if (!challenge) return showPage(call, deadLinkPage());
			const view = { email: challenge.email, link, formToken: field("form_token") };
			const next = setsPassword(challenge)
				? await setNew(view, { password: field("password"), language: languageOf(call.request) })
				: await confirm(view);
			return showPage(call, next);
		});

	const setNew = async (view: LinkView, { password, language }: NewPassword): Promise<Page> => {
		const problem = await passwordWay.judge(password, view.email);
		if (problem !== null) {
			return linkPasswordPage({ ...view, problem: { text: passwordProblems[problem], field: "password" } });
		}
		const person = await resetByLink(passwordWay, { link: view.link, password, language });
		if (person === null) return deadLinkPage();
		await forgiveHits(identity, rateLimits.passwordPerAccount, person.email);
		return passwordSetPage();
	};

	const confirm = async ({ link, email }: LinkView): Promise<Page> => {
		const end = await confirmByLink(identity, link);
		if (end === null) return deadLinkPage();
		return { made: accountMadePage(), confirmed: confirmedPage(email), taken: notConfirmedPage() }[end];
	};

	return new Elysia().post(
		"/oauth/letter",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
