import { Elysia } from "elysia";
import { flowSecrets, takeFlow } from "../../../identity/upstream-flows.ts";
import type { RouteDeps } from "../../app-deps.ts";
import { pageCookies } from "../cookies.ts";
import { type PageSet, showPage } from "../page.ts";
import { finishLink } from "./finish-link.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { callbackAddress } from "./leave-for-upstream.ts";
import { noFlowPage } from "./upstream-pages.ts";

/**
 * Where an upstream sends the browser back to. The flow has to be one that this browser began (its cookie), that waits for this very
 * upstream, and that nobody has come back from yet: whatever happens next, it is over.
 */
export function getCallback(deps: RouteDeps) {
	const { identity, env, upstreams, log } = deps;
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = async (call: { request: Request; set: PageSet }, id: string) => {
		const callback = new URL(call.request.url);
		const [state = "", ...more] = callback.searchParams.getAll("state");
		const token = more.length === 0 ? frame.cookies.flowToken(call.request, state) : null;
		const upstream = upstreams.get(id);
		if (token === null || flowSecrets(token).state !== state) return showPage(call, noFlowPage());
		frame.cookies.clearFlow(call.set, state);
		const flow = await takeFlow(identity, token);
		if (!upstream || flow?.provider !== id) return showPage(call, noFlowPage());
		const redirectUri = callbackAddress(identity.issuer, id);
		const result = await upstream.identify({ callback, redirectUri, secrets: flowSecrets(token) });
		if (result.kind === "refused" || result.kind === "unavailable") {
			log.warn({ provider: id, outcome: result.kind, reason: result.reason }, "an upstream gave nobody");
		}
		const { linksTo } = flow;
		const returned = { frame, call, upstream, upstreams, result, destination: flow.destination };
		return linksTo === null ? await finishSignIn(returned) : await finishLink({ ...returned, linksTo });
	};
	return new Elysia().get("/oauth/callback/:id", ({ request, set, params }) => answer({ request, set }, params.id), {
		detail: { hide: true },
	});
}
