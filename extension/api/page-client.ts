import { ask } from "../messages/ask.ts";
import { serverUrl } from "../settings/items.ts";
import { workspaceIsGone } from "./api-failure.ts";
import { type Client, createClient } from "./client.ts";

/** The client for popup and options page: the background holds the session and lends them its tokens. */
export function createPageClient(): Client {
	return createClient({
		serverUrl: () => serverUrl.getValue(),
		token: async (refused) => {
			const { token, workspaceGone } = await ask("session.token", refused === undefined ? {} : { refused });
			if (workspaceGone) throw workspaceIsGone();
			return token;
		},
	});
}
