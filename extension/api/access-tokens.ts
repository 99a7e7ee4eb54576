import { storage } from "wxt/utils/storage";
import type { TokenAnswer } from "./oauth-requests.ts";

/** The access tokens of this browser run, by workspace: `storage.session` is memory only and closed to content scripts. */
export type AccessTokens = {
	serverUrl: string;
	/** A workspace's id, or empty while the current one is not known. `expiresAt`: epoch milliseconds. */
	byWorkspace: Record<string, { token: string; expiresAt: number }>;
};

export const accessTokens = storage.defineItem<AccessTokens | null>("session:accessTokens", { fallback: null });

/** The caller holds the session's lock. */
export async function keepToken(answer: TokenAnswer, place: { serverUrl: string; workspaceId: string }): Promise<void> {
	const { serverUrl, workspaceId } = place;
	const kept = await accessTokens.getValue();
	const others = kept?.serverUrl === serverUrl ? kept.byWorkspace : {};
	const token = { token: answer.accessToken, expiresAt: Date.now() + answer.expiresInMs };
	await accessTokens.setValue({ serverUrl, byWorkspace: { ...others, [workspaceId]: token } });
}
