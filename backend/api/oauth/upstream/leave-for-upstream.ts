import { SheafError } from "../../../errors.ts";
import type { Upstream } from "../../../identity/upstream/upstream.ts";
import { beginFlow, flowSecrets, type UpstreamFlow } from "../../../identity/upstream-flows.ts";
import { type Next, type PageCall, sendByPage, showPage } from "../page.ts";
import type { PersonFrame } from "../person-request.ts";
import { leavingPage, unavailablePage } from "./upstream-pages.ts";

/** The address to register with an upstream; each has its own, so that an answer of one cannot be taken for another's (RFC 9700 §4.4). */
export function callbackAddress(issuer: string, provider: string): string {
	return `${issuer}/oauth/callback/${provider}`;
}

export type Leaving = {
	upstream: Upstream;
	flow: Omit<UpstreamFlow, "provider">;
	/** What to press when the upstream does not answer. */
	back: Next;
};

/** Sends the browser to an upstream. Only a cookie of this browser can finish what begins here. */
export async function leaveForUpstream(
	{ identity, cookies }: PersonFrame,
	call: PageCall,
	{ upstream, flow, back }: Leaving,
): Promise<string> {
	const token = await beginFlow(identity, { ...flow, provider: upstream.id });
	const secrets = flowSecrets(token);
	try {
		const redirectUri = callbackAddress(identity.issuer, upstream.id);
		const address = await upstream.authorizationUrl({ redirectUri, secrets });
		cookies.setFlow(call.set, secrets.state, token);
		return sendByPage(call, address, leavingPage(upstream.title, address));
	} catch (error) {
		if (!(error instanceof SheafError) || error.code !== "auth/upstream-unavailable") throw error;
		return showPage(call, unavailablePage(upstream.title, back));
	}
}
