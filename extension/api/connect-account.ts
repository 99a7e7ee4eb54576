import { t } from "../i18n/t.ts";
import type { ConnectAnswer } from "../messages/protocol.ts";
import { serverUrl } from "../settings/items.ts";
import { ApiFailure } from "./api-failure.ts";
import { openAuthWindow } from "./auth-window.ts";
import type { Client } from "./client.ts";
import type { SessionDeps } from "./session-deps.ts";

type ConnectDeps = Pick<SessionDeps, "identity" | "signInTimeoutMs"> & {
	client: Pick<Client, "beginConnecting" | "finishConnecting">;
};

/** Which provider; `connectionId` when one is to be reconnected. */
export type ConnectQuestion = { provider: string; connectionId?: string };

/**
 * Connects an account in its provider's window. What the window ends with is worth something to this session alone, which then
 * finishes it. A window that is closed or left, and a "no" in it, are a quiet end.
 */
export async function connectAccount(deps: ConnectDeps, question: ConnectQuestion): Promise<ConnectAnswer> {
	const [server, redirectUri] = [await serverUrl.getValue(), deps.identity.getRedirectURL()];
	try {
		const { url } = await deps.client.beginConnecting({ ...question, redirectUri });
		if (URL.parse(url)?.origin !== server) return changed;
		const redirect = await openAuthWindow(deps, url);
		if (redirect === null) return { kind: "cancelled" };
		const answer = redirect.startsWith(redirectUri) ? URL.parse(redirect)?.searchParams : null;
		if (answer?.get("error") === "access_denied") return { kind: "cancelled" };
		const flow = answer?.get("flow") ?? null;
		if (flow === null) return changed;
		const { id } = await deps.client.finishConnecting({ flow });
		return { kind: "connected", connectionId: id };
	} catch (error) {
		if (!(error instanceof ApiFailure)) throw error;
		return { kind: "failed", message: error.message };
	}
}

const changed: ConnectAnswer = {
	kind: "failed",
	message: t("answers.connectChanged"),
};
