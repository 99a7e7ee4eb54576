import { Elysia } from "elysia";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "./cookies.ts";
import { dashboardPath, screenOf, screenParameter } from "./destination.ts";
import { showPage } from "./page.ts";
import { continuePage, signInPage } from "./sign-in-page.ts";

/** The sign-in page without a client: the way to the operators' dashboard, and out of it again. */
export function getSignIn({ identity, env }: RouteDeps) {
	const cookies = pageCookies(env.publicUrl);
	return new Elysia().get(
		"/oauth/sign-in",
		async ({ request, set }) => {
			const { searchParams } = new URL(request.url);
			const destination = { kind: "dashboard", path: dashboardPath } as const;
			const view = { destination, formToken: cookies.formToken(request, set) };
			const person = await findBrowserPerson(identity, cookies.sessionToken(request));
			if (person && !searchParams.has(screenParameter)) {
				return showPage(set, continuePage({ ...view, email: person.email }));
			}
			return showPage(set, signInPage({ ...view, screen: screenOf(searchParams) }));
		},
		{ detail: { hide: true } },
	);
}
