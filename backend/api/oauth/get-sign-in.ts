import { Elysia } from "elysia";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import { waysThrough } from "../../identity/upstream/registry.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "./cookies.ts";
import { dashboardPath, destinationParameter, parseDestination, screenParameter } from "./destination.ts";
import { firstScreen } from "./first-screen.ts";
import { sendTo, showPage } from "./page.ts";
import { openDestination, showRefused } from "./person-request.ts";
import { continuePage, signInPage } from "./sign-in-page.ts";

/** The sign-in page without a client: the way to one of our own pages, and out of the operators' dashboard again. */
export function getSignIn({ identity, env, upstreams, passwordWay }: RouteDeps) {
	const cookies = pageCookies(env.publicUrl);
	const ways = waysThrough(upstreams);
	return new Elysia().get(
		"/oauth/sign-in",
		async ({ request, set }) => {
			const { searchParams } = new URL(request.url);
			const destination = parseDestination(identity, searchParams.get(destinationParameter) ?? dashboardPath);
			if (destination.kind === "answered") return sendTo(set, destination.to);
			if (destination.kind === "refused") return showRefused({ request, set }, destination.message);
			const view = { destination: openDestination(destination), formToken: cookies.formToken(request, set) };
			const person = await findBrowserPerson(identity, cookies.sessionToken(request));
			if (person && !searchParams.has(screenParameter)) {
				return showPage({ request, set }, continuePage({ ...view, email: person.email }));
			}
			return showPage(
				{ request, set },
				signInPage({ ...view, ways, screen: await firstScreen(passwordWay, searchParams) }),
			);
		},
		{ detail: { hide: true } },
	);
}
