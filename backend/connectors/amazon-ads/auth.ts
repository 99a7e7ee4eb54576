import type { ConnectorCall, ConnectorResult, Identity } from "../connector.ts";
import { askLogin } from "./api.ts";
import { failureOf } from "./failure.ts";
import { scopesOf } from "./oauth.ts";
import { askRegions, profileView, troubleOfRegions } from "./profiles.ts";
import type { AmazonAddresses } from "./regions.ts";
import { UserReply } from "./replies.ts";

/**
 * Whose login this is, and whether Amazon's advertising interface takes it anywhere: Amazon gives tokens to clients whose use of the
 * interface it has not approved yet. One region that answers is enough, for most logins have accounts in one only.
 */
export async function identify(
	at: AmazonAddresses,
	call: ConnectorCall,
	dsp: boolean,
): Promise<ConnectorResult<Identity>> {
	const who = await askLogin(at, call, UserReply);
	if (!who.ok) return failureOf(who.trouble);
	const answer = await askRegions(at, call);
	const trouble = answer.troubles.find(({ kind }) => kind === "credential") ?? troubleOfRegions(answer);
	if (trouble !== null) return failureOf(trouble);
	const { user_id: accountId, email, name } = who.value;
	const [only, ...others] = answer.found;
	// Where there is nothing to choose among, nobody is asked to choose.
	const isAlone = only !== undefined && others.length === 0 && answer.troubles.length === 0;
	return {
		kind: "ok",
		value: {
			accountId,
			label: email ?? name ?? accountId,
			scopes: scopesOf(dsp),
			missingScopes: [],
			...(isAlone ? { profile: profileView(only) } : {}),
		},
	};
}
