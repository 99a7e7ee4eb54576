import { Elysia } from "elysia";
import { answerAddress } from "../../identity/authorization-request.ts";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import { waysThrough } from "../../identity/upstream/registry.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "./cookies.ts";
import { parseDestination, screenParameter } from "./destination.ts";
import { firstScreen } from "./first-screen.ts";
import { tellOutage } from "./outage.ts";
import { sendTo, showPage } from "./page.ts";
import { openDestination, showRefused } from "./person-request.ts";
import { continuePage, signInPage } from "./sign-in-page.ts";

/**
 * The authorization endpoint (RFC 6749 §4.1.1). It never answers a code by itself: somebody presses a button, so that
 * a page elsewhere cannot sign an extension in behind a person's back.
 */
export function getAuthorize({ identity, env, upstreams, passwordWay }: RouteDeps) {
	const cookies = pageCookies(env.publicUrl);
	const ways = waysThrough(upstreams);
	return new Elysia().get(
		"/oauth/authorize",
		async ({ request, set }) => {
			const { pathname, search, searchParams } = new URL(request.url);
			const destination = parseDestination(identity, `${pathname}${search === "" ? "?" : search}`);
			if (destination.kind === "refused") return showRefused({ request, set }, destination.message);
			if (destination.kind === "answered") return sendTo(set, destination.to);
			return await tellOutage(set, { destination, issuer: identity.issuer }, async () => {
				const person = await findBrowserPerson(identity, cookies.sessionToken(request));
				if (destination.kind === "client" && destination.request.prompt === "none") {
					const error = person ? "interaction_required" : "login_required";
					const { redirectUri, state } = destination.request;
					return sendTo(set, answerAddress(redirectUri, identity.issuer, { error, state }));
				}
				const asksForForm =
					searchParams.has(screenParameter) ||
					(destination.kind === "client" && destination.request.prompt === "login");
				const view = { destination: openDestination(destination), formToken: cookies.formToken(request, set) };
				if (person && !asksForForm) return showPage({ request, set }, continuePage({ ...view, email: person.email }));
				return showPage(
					{ request, set },
					signInPage({ ...view, ways, screen: await firstScreen(passwordWay, searchParams) }),
				);
			});
		},
		{ detail: { tags: ["oauth"], summary: "The sign-in page of the authorization code flow" } },
	);
}
