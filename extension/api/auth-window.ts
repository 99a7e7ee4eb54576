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
 * @returns where the window ended, or null when the person closed it or left it. The browsers' texts for that differ and
 * change, so every rejection counts as closed; and Firefox never settles on a page it could not load, hence the limit.
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
		() => null,
	);
	try {
		return await Promise.race([ended, abandoned]);
	} finally {
		clearTimeout(timer);
	}
}
