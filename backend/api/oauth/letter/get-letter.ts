import { Elysia } from "elysia";
import { findByLink, opensWindow } from "../../../identity/password/email-challenges.ts";
import { setsPassword } from "../../../identity/password/reset.ts";
import type { RouteDeps } from "../../app-deps.ts";
import { pageCookies } from "../cookies.ts";
import { showPage } from "../page.ts";
import { confirmPage, deadLinkPage, linkPasswordPage } from "./link-pages.ts";

/** Behind a letter's link. Looking changes nothing: programs that check letters open every link in them. */
export function getLetter({ identity, env }: RouteDeps) {
	const cookies = pageCookies(env.publicUrl);
	return new Elysia().get(
		"/oauth/letter/:link",
		async ({ params: { link }, request, set }) => {
			const challenge = await findByLink(identity, link);
			if (!challenge) return showPage({ request, set }, deadLinkPage());
			const view = { email: challenge.email, link, formToken: cookies.formToken(request, set) };
			if (setsPassword(challenge)) return showPage({ request, set }, linkPasswordPage(view));
			return showPage({ request, set }, confirmPage({ ...view, waits: opensWindow(challenge) }));
		},
		{ detail: { hide: true } },
	);
}
