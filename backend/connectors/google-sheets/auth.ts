import type { ConnectorCall, ConnectorResult, Identity } from "../connector.ts";
import { ask, type SheetsAddresses } from "./api.ts";
import { failureOf } from "./failure.ts";
import { fileScope } from "./oauth.ts";
import { FilesReply, UserInfoReply } from "./replies.ts";

/**
 * Whose account this is, and whether the box for spreadsheets was left ticked on the consent page. The token does not say what it may
 * do; that listing files is allowed does.
 */
export async function identify(at: SheetsAddresses, call: ConnectorCall): Promise<ConnectorResult<Identity>> {
	const who = await ask(call, { method: "GET", url: at.userInfoUrl, reply: UserInfoReply });
	if (!who.ok) return failureOf(who.trouble);
	const account = { accountId: who.value.sub, label: who.value.email ?? who.value.sub };
	const url = `${at.driveUrl}/drive/v3/files?pageSize=1&fields=files(id,name)`;
	const files = await ask(call, { method: "GET", url, reply: FilesReply });
	if (files.ok) return { kind: "ok", value: { ...account, scopes: [fileScope], missingScopes: [] } };
	if (files.trouble.kind !== "scope") return failureOf(files.trouble);
	return { kind: "ok", value: { ...account, scopes: [], missingScopes: [fileScope] } };
}
