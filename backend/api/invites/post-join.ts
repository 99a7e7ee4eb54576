import { Elysia } from "elysia";
import { SheafError } from "../../errors.ts";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import { say } from "../../words/say.ts";
import { acceptInvite } from "../../workspaces/accept-invite.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "../oauth/cookies.ts";
import { pageAddress } from "../oauth/destination.ts";
import { sendTo, showMessage, showPage } from "../oauth/page.ts";
import { answerForm, type PersonRequest } from "../oauth/person-request.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { joinedPage, noInvitePage } from "./invite-page.ts";

const alreadyIn = say("You are in this workspace already. The invite stays open.");

/** "Join": the person signed in with the cookie accepts the invitation whose page this form is on. */
export function postJoin({ identity, env }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination) => {
			if (destination.kind !== "invite") return showPage(call, noInvitePage());
			const person = await findBrowserPerson(identity, frame.cookies.sessionToken(call.request));
			if (person === null) return sendTo(call.set, pageAddress(destination, "sign-in"));
			const token = destination.path.slice("/invite/".length);
			try {
				const workspace = await acceptInvite(identity, { userId: person.userId, sessionId: null }, token);
				return showPage(call, joinedPage(workspace.name));
			} catch (error) {
				if (!(error instanceof SheafError)) throw error;
				if (error.code === "workspaces/invite-invalid") return showPage(call, noInvitePage());
				return showMessage(call, { title: say("You are in already"), text: alreadyIn, status: 409 });
			}
		});
	return new Elysia().post(
		"/invite/join",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}
