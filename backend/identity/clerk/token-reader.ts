import type { IdentityContext } from "../context.ts";
import type { TokenReader } from "../exchange.ts";
import { type ClerkTokensSettings, createClerkTokens } from "./session-token.ts";
import { confirmClerkSession, signInWithClerk } from "./sign-in.ts";

/** Clerk's session tokens as something to exchange (ID-5). */
export function clerkTokenReader(context: IdentityContext, settings: Omit<ClerkTokensSettings, "now">): TokenReader {
	const tokens = createClerkTokens({ ...settings, now: context.now });
	return async (token) => {
		const session = await tokens.verify(token);
		return {
			person: await signInWithClerk(context, session),
			upstreamSession: session.sessionId,
			confirm: () => confirmClerkSession(context, session),
		};
	};
}
