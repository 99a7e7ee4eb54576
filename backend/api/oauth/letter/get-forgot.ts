import { Elysia } from "elysia";
import type { RouteDeps } from "../../app-deps.ts";
import { pageCookies } from "../cookies.ts";
import { dashboardPath, destinationParameter, parseDestination } from "../destination.ts";
import { sendTo, showPage } from "../page.ts";
import { openDestination, showRefused } from "../person-request.ts";
import { forgotPage } from "./waiting-pages.ts";

/** "Forgot your password?" */
export function getForgot({ identity, env }: RouteDeps) {
	const cookies = pageCookies(env.publicUrl);
	return new Elysia().get(
		"/oauth/forgot",
		({ request, set }) => {
			const asked = new URL(request.url).searchParams.get(destinationParameter);
			const destination = parseDestination(identity, asked ?? dashboardPath);
			if (destination.kind === "answered") return sendTo(set, destination.to);
			if (destination.kind === "refused") return showRefused({ request, set }, destination.message);
			const view = { destination: openDestination(destination), formToken: cookies.formToken(request, set) };
			return showPage({ request, set }, forgotPage({ ...view, email: "" }));
		},
		{ detail: { hide: true } },
	);
}
