import { t } from "../i18n/t.ts";
import { ApiFailure } from "./api-failure.ts";

/** As much of `browser.identity` as windows of the server need. */
export type IdentityApi = {
	getRedirectURL(): string;
	launchWebAuthFlow(details: { url: string; interactive: boolean }): Promise<string | undefined>;
};

export type AuthWindowDeps = {
	identity: IdentityApi;
	/** After this long a window counts as left (ID-4). */
	signInTimeoutMs: number;
};

/**
 * Chromium's texts for a page that nobody got to see (`web_auth_flow` in its source; the API has no codes): something was in
 * the way of the network or the screen, and the person closed nothing.
 */
const unseen = /could not be loaded|page load timed out|create a browser window/i;

/**
 * @returns where the window ended, or null when the person closed it or left it. The browsers' texts for that differ and
 * change, so every other rejection counts as closed; and Firefox never settles on a page it could not load, hence the limit.
 * @throws ApiFailure when there was nothing to be seen in the window
 */
export async function openAuthWindow(
	{ identity, signInTimeoutMs }: AuthWindowDeps,
	url: string,
): Promise<string | null> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const abandoned = new Promise<null>((resolve) => {
		timer = setTimeout(() => resolve(null), signInTimeoutMs);
	});
	const ended = identity.launchWebAuthFlow({ url, interactive: true }).then(
		(redirect) => redirect ?? null,
		(error: unknown) => {
			if (!(error instanceof Error) || !unseen.test(error.message)) return null;
			throw new ApiFailure("client/unreachable", t("answers.windowUnseen"), { cause: error });
		},
	);
	try {
		return await Promise.race([ended, abandoned]);
	} finally {
		clearTimeout(timer);
	}
}
