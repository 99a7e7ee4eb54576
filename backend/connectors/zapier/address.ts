import type { ConnectorCall } from "../connector.ts";

/**
 * The address of a Catch Hook, which is the only credential there is: on Zapier's own host and nowhere else (zapier.md). Old
 * addresses have one number after `catch/`, new ones two; `silent/` may follow.
 *
 * @param hooksUrl where Catch Hooks are (`ZAPIER_HOOKS_URL`)
 */
export function hookAddress(hooksUrl: string, { credential }: Pick<ConnectorCall, "credential">): URL | null {
	const text = (credential["address"] ?? "").trim();
	if (!URL.canParse(text)) return null;
	const url = new URL(text);
	const plain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
	const isHook = /^\/hooks\/catch\/[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+){0,2}\/?$/.test(url.pathname);
	return url.origin === new URL(hooksUrl).origin && plain && isHook ? url : null;
}
