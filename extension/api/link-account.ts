import { t } from "../i18n/t.ts";
import type { LinkAnswer } from "../messages/protocol.ts";
import { serverUrl } from "../settings/items.ts";
import { ApiFailure } from "./api-failure.ts";
import { openAuthWindow } from "./auth-window.ts";
import type { Client } from "./client.ts";
import { randomText } from "./pkce.ts";
import type { SessionDeps } from "./session-deps.ts";

type LinkDeps = Pick<SessionDeps, "identity" | "signInTimeoutMs"> & { client: Pick<Client, "startLink"> };

/** By the code that the window ends with; the window itself has said it in more words. */
const refusals: ReadonlyMap<string, string> = new Map([
	["auth/account-in-use", t("answers.link.inUse")],
	["auth/upstream-refused", t("answers.link.refused")],
	["auth/upstream-unavailable", t("answers.link.unavailable")],
]);

/** Links another way in, in a window of the server. A window that is closed or left is a quiet end. */
export async function linkAccount(deps: LinkDeps, provider: string): Promise<LinkAnswer> {
	const [server, redirectUri, state] = [await serverUrl.getValue(), deps.identity.getRedirectURL(), randomText()];
	try {
		const { url } = await deps.client.startLink({ provider, redirectUri, state });
		if (URL.parse(url)?.origin !== server) return changed;
		const redirect = await openAuthWindow(deps, url);
		return redirect === null ? { kind: "cancelled" } : readAnswer(redirect, { server, redirectUri, state, provider });
	} catch (error) {
		if (!(error instanceof ApiFailure)) throw error;
		return { kind: "failed", message: error.message };
	}
}

const changed: LinkAnswer = { kind: "failed", message: t("answers.link.changed") };

type Expected = { server: string; redirectUri: string; state: string; provider: string };

/** Nothing in an answer counts before its `state` and `iss` are ours (RFC 9700 §2.1, §4.4). */
function readAnswer(address: string, { server, redirectUri, state, provider }: Expected): LinkAnswer {
	const answer = address.startsWith(redirectUri) ? URL.parse(address)?.searchParams : null;
	if (!answer || answer.get("state") !== state || answer.get("iss") !== server) return changed;
	const error = answer.get("error");
	if (error === "access_denied") return { kind: "cancelled" };
	if (error !== null) return { kind: "failed", message: refusals.get(error) ?? t("answers.link.failed") };
	return answer.get("linked") === provider ? { kind: "linked" } : changed;
}
