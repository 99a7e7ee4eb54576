import { storage } from "wxt/utils/storage";

/** The access token of this browser run: `storage.session` is memory only and closed to content scripts. */
export type AccessToken = {
	token: string;
	/** Epoch milliseconds. */
	expiresAt: number;
	serverUrl: string;
};

export const accessToken = storage.defineItem<AccessToken | null>("session:accessToken", { fallback: null });
