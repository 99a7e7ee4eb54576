import { Elysia } from "elysia";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "./cookies.ts";
import { dashboardPath, screenOf } from "./destination.ts";
import { showPage } from "./page.ts";
import { signInPage } from "./sign-in-page.ts";

/** The sign-in page without a client: the way to the operators' dashboard. */
export function getSignIn({ env }: RouteDeps) {
	const cookies = pageCookies(env.publicUrl);
	return new Elysia().get(
		"/oauth/sign-in",
		({ request, set }) =>
			showPage(
				set,
				signInPage({
					destination: { kind: "dashboard", path: dashboardPath },
					formToken: cookies.formToken(request, set),
					screen: screenOf(new URL(request.url).searchParams),
				}),
			),
		{ detail: { hide: true } },
	);
}
