import { storage } from "wxt/utils/storage";
import type { TokenAnswer } from "./oauth-requests.ts";

/** The access tokens of this browser run, by workspace: `storage.session` is memory only and closed to content scripts. */
export type AccessTokens = {
	serverUrl: string;
	/** Whose: two people of one profile may share a workspace, and never a token. */
	userId: string;
	/** A workspace's id, or empty while the current one is not known. `expiresAt`: epoch milliseconds. */
	byWorkspace: Record<string, { token: string; expiresAt: number }>;
};

export const accessTokens = storage.defineItem<AccessTokens | null>("session:accessTokens", { fallback: null });

/** The caller holds the session's lock. */
export async function keepToken(
	answer: TokenAnswer,
	place: { serverUrl: string; userId: string; workspaceId: string },
): Promise<void> {
	const { serverUrl, userId, workspaceId } = place;
	const kept = await accessTokens.getValue();
	const others = kept?.serverUrl === serverUrl && kept.userId === userId ? kept.byWorkspace : {};
	const token = { token: answer.accessToken, expiresAt: Date.now() + answer.expiresInMs };
	await accessTokens.setValue({ serverUrl, userId, byWorkspace: { ...others, [workspaceId]: token } });
}
