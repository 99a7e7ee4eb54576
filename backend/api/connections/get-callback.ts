import { Elysia } from "elysia";
import { endFlow, keepAnswer, readReturn } from "../../connections/oauth/connect-flows.ts";
import { checkedAnswer } from "../../connections/oauth/provider-tokens.ts";
import type { OAuthManifest } from "../../connectors/oauth-manifest.ts";
import { flowSecrets } from "../../identity/upstream-flows.ts";
import { say } from "../../words/say.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "../oauth/cookies.ts";
import { type PageSet, sendByPage, showPage } from "../oauth/page.ts";
import { arrivedPage, noFlowPage, notAcceptedPage } from "../oauth/upstream/upstream-pages.ts";
import { connectEnd } from "./start-page.ts";

/**
 * Where a provider sends the browser back to. The state has to be one that this browser went away with (its cookie), and nobody may
 * have come back with it yet. The answer is kept for the session that began it; nothing is redeemed here.
 */
export function getConnectCallback(deps: RouteDeps) {
	const { identity, env, connectors, log } = deps;
	const cookies = pageCookies(env.publicUrl);
	const answer = async (request: Request, set: PageSet) => {
		const callback = new URL(request.url);
		const [state = "", ...more] = callback.searchParams.getAll("state");
		const token = more.length === 0 ? cookies.flowToken(request, state) : null;
		if (token === null || flowSecrets(token).state !== state) return showPage({ request, set }, noFlowPage());
		cookies.clearFlow(set, state);
		const flow = await readReturn(identity, state);
		const { oauth, title = "" } = connectors.get(flow?.provider ?? "")?.manifest ?? {};
		if (flow === null || oauth === undefined) return showPage({ request, set }, noFlowPage());
		const { redirectUri } = flow;
		const read = answerOf(oauth, callback, state);
		if (read === "ok") {
			const { codeVerifier } = flowSecrets(token);
			const finish = await keepAnswer(identity, { parameters: callback.searchParams.toString(), state, codeVerifier });
			if (finish === null) return showPage({ request, set }, noFlowPage());
			const address = connectEnd(redirectUri, { flow: finish });
			return sendByPage({ request, set }, address, arrivedPage(say("Back from {title}", { title }), address));
		}
		await endFlow(identity, state);
		if (read === "denied") {
			const address = connectEnd(redirectUri, { error: "access_denied" });
			return sendByPage({ request, set }, address, arrivedPage(say("{title} was not connected", { title }), address));
		}
		log.warn({ provider: flow.provider }, "a provider sent back an answer that is none");
		const href = connectEnd(redirectUri, { error: "connections/consent-refused" });
		return showPage({ request, set }, notAcceptedPage(title, { href, label: say("Close") }));
	};
	return new Elysia().get("/connections/callback", ({ request, set }) => answer(request, set), {
		detail: { hide: true },
	});
}

function answerOf(oauth: OAuthManifest, callback: URL, state: string): "ok" | "denied" | "refused" {
	try {
		checkedAnswer(oauth, callback, state);
		return callback.searchParams.has("code") ? "ok" : "refused";
	} catch {
		return callback.searchParams.get("error") === "access_denied" ? "denied" : "refused";
	}
}
