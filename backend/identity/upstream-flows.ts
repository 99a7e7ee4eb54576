import { createHash } from "node:crypto";
import { fromNow, type IdentityContext } from "./context.ts";
import { randomToken, tokenHash } from "./opaque-tokens.ts";
import type { FlowSecrets } from "./upstream/upstream.ts";

/** As long as an upstream's code may live; whoever is away for longer starts again. */
export const flowSeconds = 600;

/** What is longer is no address of ours, and would not fit its column. */
export const maxDestinationLength = 4_096;

/** A person who is at an upstream, and what they are there for. */
export type UpstreamFlow = {
	provider: string;
	/** Where they go afterwards: for a sign-in one of our own paths, for a link the client's redirect with its `state` and `iss`. */
	destination: string;
	/** Who links another way in; null for a sign-in. */
	linksTo: string | null;
};

/** @returns the token for the browser's cookie: the only thing that the flow's secrets can be made of again. */
export async function beginFlow(context: IdentityContext, flow: UpstreamFlow): Promise<string> {
	const token = randomToken();
	const { provider, destination, linksTo } = flow;
	await context.asIdentity(
		(sql) => sql`
			insert into sheaf.upstream_flows (flow_hash, provider, purpose, user_id, destination, expires_at)
			values (${tokenHash(token)}, ${provider}, ${linksTo === null ? "sign_in" : "link"}, ${linksTo}, ${destination},
				${fromNow(context, flowSeconds)})`,
	);
	return token;
}

/** The flow of a cookie's token, which is over with this: a second call finds none. Null also when its time has passed. */
export async function takeFlow(context: IdentityContext, token: string): Promise<UpstreamFlow | null> {
	return await context.asIdentity(async (sql) => {
		const [row] = await sql<(UpstreamFlow & { expiresAt: Date })[]>`
			delete from sheaf.upstream_flows where flow_hash = ${tokenHash(token)}
			returning provider, destination, user_id as links_to, expires_at`;
		if (!row || row.expiresAt.getTime() <= context.now()) return null;
		const { provider, destination, linksTo } = row;
		return { provider, destination, linksTo };
	});
}

/** Three values that nobody can tell from random, or make from one another; each is a PKCE verifier by its form (RFC 7636 §4.1). */
export function flowSecrets(token: string): FlowSecrets {
	const derived = (purpose: string) => createHash("sha256").update(`${purpose}\n${token}`).digest("base64url");
	return { state: derived("state"), nonce: derived("nonce"), codeVerifier: derived("verifier") };
}
