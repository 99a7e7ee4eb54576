import type { ConnectorCall, ConnectorResult, Identity } from "../connector.ts";
import { failureOf } from "../row-failure.ts";
import { addressOf, ask } from "./api.ts";
import { CheckReply } from "./replies.ts";
import { title } from "./title.ts";

/**
 * Whether the token is good. A database token does not say whose it is, so the account is the server: a token of another workspace on
 * it passes for the same account, and shows by the tables that are missing then. Its rights are given table by table.
 */
export async function identify(call: ConnectorCall): Promise<ConnectorResult<Identity>> {
	const check = await ask(call, { method: "GET", path: "/database/tokens/check/", reply: CheckReply });
	if (!check.ok) {
		// Something else listens there: Baserow always has this page.
		const isElsewhere = check.trouble.kind === "table_missing";
		return failureOf(title, isElsewhere ? { kind: "stranger", afterMs: 0 } : check.trouble);
	}
	const accountId = addressOf(call) ?? "";
	return { kind: "ok", value: { accountId, label: new URL(accountId).host, scopes: [], missingScopes: [] } };
}
