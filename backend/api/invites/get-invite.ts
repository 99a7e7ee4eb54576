import { Elysia } from "elysia";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import { findInvitation } from "../../workspaces/accept-invite.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "../oauth/cookies.ts";
import { parseDestination } from "../oauth/destination.ts";
import { showPage } from "../oauth/page.ts";
import { invitePage, joinPage, noInvitePage } from "./invite-page.ts";

/** The page behind an invitation's link. Opening it changes nothing: letters and chats open links by themselves. */
export function getInvite({ identity, env }: RouteDeps) {
	const cookies = pageCookies(env.publicUrl);
	return new Elysia().get(
		"/invite/:token",
		async ({ request, params, set }) => {
			const destination = parseDestination(identity, `/invite/${params.token}`);
			const invitation = destination.kind === "invite" ? await findInvitation(identity, params.token) : null;
			if (invitation === null || destination.kind !== "invite") {
				return showPage({ request, set }, noInvitePage());
			}
			const { path } = destination;
			const person = await findBrowserPerson(identity, cookies.sessionToken(request));
			if (person === null) return showPage({ request, set }, invitePage({ invitation, path }));
			const formToken = cookies.formToken(request, set);
			return showPage({ request, set }, joinPage({ invitation, path, formToken, email: person.email }));
		},
		{ detail: { hide: true } },
	);
}
