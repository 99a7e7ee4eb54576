import type { ConnectorCall, ConnectorResult, Identity } from "../connector.ts";
import { type Answer, ask, type SheetsAddresses } from "./api.ts";
import { failureOf } from "./failure.ts";
import { type Reach, scopesOf } from "./oauth.ts";
import { FilesReply, SpreadsheetReply, UserInfoReply } from "./replies.ts";

/** No spreadsheet has this id: “not found” shows that reading one is allowed. */
const nowhere = "none";

/**
 * Whose account this is, and whether the boxes for spreadsheets were left ticked on the consent page. The token does not say what it may
 * do; that listing files is allowed does, and where that is a scope of its own, that reading one is.
 */
export async function identify(
	at: SheetsAddresses,
	call: ConnectorCall,
	reach: Reach,
): Promise<ConnectorResult<Identity>> {
	const who = await ask(call, { method: "GET", url: at.userInfoUrl, reply: UserInfoReply });
	if (!who.ok) return failureOf(who.trouble);
	const account = { accountId: who.value.sub, label: who.value.email ?? who.value.sub };
	const url = `${at.driveUrl}/drive/v3/files?pageSize=1&fields=files(id,name)`;
	const files = await ask(call, { method: "GET", url, reply: FilesReply });
	if (!files.ok && files.trouble.kind !== "scope") return failureOf(files.trouble);
	const reading = reach === "made" ? files : await readNowhere(at, call);
	if (!reading.ok && reading.trouble.kind !== "scope" && reading.trouble.kind !== "table_missing") {
		return failureOf(reading.trouble);
	}
	const isLacking = [files, reading].some((answer) => !answer.ok && answer.trouble.kind === "scope");
	const scopes = [...scopesOf[reach]];
	return {
		kind: "ok",
		value: { ...account, scopes: isLacking ? [] : scopes, missingScopes: isLacking ? scopes : [] },
	};
}

async function readNowhere(at: SheetsAddresses, call: ConnectorCall): Promise<Answer<unknown>> {
	const url = `${at.apiUrl}/v4/spreadsheets/${nowhere}?fields=spreadsheetId`;
	return await ask(call, { method: "GET", url, reply: SpreadsheetReply });
}
