import type { ConnectorCall, ConnectorResult, Identity } from "../connector.ts";
import { type ApiSettings, ask } from "./api.ts";
import { failureOf } from "./failure.ts";
import { BasesReply, WhoAmIReply } from "./replies.ts";

/** Reading rows is asked for already: two-way status and duplicates will need it, and a scope is a pain to add later. */
export const requiredScopes = ["data.records:read", "data.records:write", "schema.bases:read"];

const schemaScope = "schema.bases:read";

/**
 * Whose token this is and what it may do. Airtable documents scopes in `whoami` for OAuth tokens only; where they are
 * left out, listing the bases tells the one scope that can be told without touching anybody's rows.
 */
export async function identify(settings: ApiSettings, call: ConnectorCall): Promise<ConnectorResult<Identity>> {
	const who = await ask(settings, call, { method: "GET", path: "/meta/whoami", reply: WhoAmIReply });
	if (!who.ok) return failureOf(settings.title, who.trouble);
	const { id, email, scopes } = who.value;
	const account = { accountId: id, label: settings.fixedToken === null ? (email ?? id) : settings.title };
	if (scopes !== undefined) {
		const missingScopes = requiredScopes.filter((scope) => !scopes.includes(scope));
		return { kind: "ok", value: { ...account, scopes, missingScopes } };
	}
	const bases = await ask(settings, call, { method: "GET", path: "/meta/bases", reply: BasesReply });
	if (bases.ok) return { kind: "ok", value: { ...account, scopes: [schemaScope], missingScopes: [] } };
	if (bases.trouble.kind !== "permission") return failureOf(settings.title, bases.trouble);
	return { kind: "ok", value: { ...account, scopes: [], missingScopes: [schemaScope] } };
}
