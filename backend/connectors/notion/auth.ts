import type { ConnectorCall, ConnectorManifest, ConnectorResult, Identity } from "../connector.ts";
import type { OAuthManifest } from "../oauth-manifest.ts";
import { type ApiSettings, ask } from "./api.ts";
import { failureOf } from "./failure.ts";
import { MeReply } from "./replies.ts";

/**
 * Whose access this is. The bot's id stays the same when the same person connects again, whichever pages they add. Notion has no
 * scopes: what a connection may do are capabilities, which nothing tells before they are missed.
 */
export async function identify(settings: ApiSettings, call: ConnectorCall): Promise<ConnectorResult<Identity>> {
	const me = await ask(settings, call, { method: "get", path: "users/me", reply: MeReply });
	if (!me.ok) return failureOf(me.trouble);
	const { id, name, bot } = me.value;
	const label = [bot?.workspace_name, name, id].find((text) => typeof text === "string" && text !== "") ?? id;
	return { kind: "ok", value: { accountId: id, label, scopes: [], missingScopes: [] } };
}

/**
 * Notion's OAuth: JSON instead of forms, no PKCE and no scopes (people choose pages), and access that lives until it is refused.
 */
export function oauthManifest(apiUrl: string, client: OAuthManifest["client"]): OAuthManifest {
	return {
		client,
		issuer: apiUrl,
		authorizationEndpoint: `${apiUrl}/v1/oauth/authorize`,
		tokenEndpoint: `${apiUrl}/v1/oauth/token`,
		revocationEndpoint: `${apiUrl}/v1/oauth/revoke`,
		manageUrl: "https://www.notion.so/my-integrations",
		clientAuthentication: "basic",
		requestFormat: "json",
		pkce: false,
		scopes: [],
		authorizationParameters: { owner: "user" },
		assumedExpiresIn: null,
	};
}

export const tokenField: ConnectorManifest["form"][number] = {
	name: "token",
	label: "Internal integration secret",
	kind: "secret",
	placeholder: "ntn_…",
	help: "Make an internal integration in Notion that may read, insert and update content, then add it to your databases under ••• → Connections.",
	helpUrl: "https://www.notion.so/my-integrations",
};
