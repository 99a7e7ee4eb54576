import { Elysia } from "elysia";
import { maxDestinationLength } from "../../../identity/upstream-flows.ts";
import { say } from "../../../words/say.ts";
import type { RouteDeps } from "../../app-deps.ts";
import { clientAddress } from "../../plugins/rate-limit.ts";
import { pageCookies } from "../cookies.ts";
import { pageAddress } from "../destination.ts";
import { answerForm, type PersonRequest, showRefused } from "../person-request.ts";
import { leaveForUpstream } from "./leave-for-upstream.ts";

/** "Continue with …": to the upstream, and back to `/oauth/callback/{id}`. */
export function postUpstream({ identity, env, upstreams }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest, id: string) =>
		answerForm(frame, call, async (destination) => {
			const upstream = upstreams.get(id);
			if (!upstream) return showRefused(call, "This backend does not offer that way to sign in.");
			if (destination.path.length > maxDestinationLength) return showRefused(call, "The address is too long.");
			const back = { href: pageAddress(destination, "sign-in"), label: say("Back to sign-in") };
			const flow = { destination: destination.path, linksTo: null };
			return await leaveForUpstream(frame, call, { upstream, flow, back });
		});
	return new Elysia().post(
		"/oauth/upstream/:id",
		({ request, body, set, server, params }) =>
			answer({ request, body, set, address: clientAddress(server, request) }, params.id),
		{ detail: { hide: true } },
	);
}
