import type { ConnectorCall, ConnectorResult, Identity } from "../connector.ts";
import { failureOf } from "../row-failure.ts";
import { addressOf, ask } from "./api.ts";
import { MeReply } from "./replies.ts";
import { title } from "./title.ts";

/** Whose token this is. A token acts with its person's rights, which are given base by base: there are no scopes to tell. */
export async function identify(call: ConnectorCall): Promise<ConnectorResult<Identity>> {
	const me = await ask(call, { method: "GET", path: "/api/v1/auth/user/me", reply: MeReply });
	if (!me.ok) {
		// Something else listens there: NocoDB always has this page.
		const isElsewhere = me.trouble.kind === "table_missing";
		return failureOf(title, isElsewhere ? { kind: "stranger", afterMs: 0 } : me.trouble);
	}
	const { id, email } = me.value;
	// A token that is not known is answered as if a guest had asked.
	if (id === undefined) return failureOf(title, { kind: "credential" });
	const host = new URL(addressOf(call) ?? "https://unknown.invalid").host;
	return { kind: "ok", value: { accountId: id, label: `${email ?? id} (${host})`, scopes: [], missingScopes: [] } };
}
