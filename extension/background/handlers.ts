import { keepTargets } from "../api/keep-targets.ts";
import type { Handlers } from "../messages/dispatch.ts";
import { webLocks } from "../messages/one-at-a-time.ts";
import type { BackgroundContext } from "./background-context.ts";
import { rebuildMenu } from "./context-menu.ts";

/** Fetches the targets; the menu follows them. Signed out or offline: what is known is still the best there is. */
export const refreshTargets = async ({ client }: BackgroundContext): Promise<void> => {
	await keepTargets(client, webLocks).catch(() => undefined);
};

/** What the extension's own pages can ask (messages/protocol.ts). Everything long goes on after the answer. */
export const createHandlers = (context: BackgroundContext): Handlers => ({
	"outbox.flush": async () => {
		void context.courier.carry();
		return { started: true };
	},
	"records.refresh": async () => {
		void context.courier.carry();
		return { started: true };
	},
	"session.signIn": async () => {
		const answer = await context.session.signIn();
		if (answer.kind === "signed-in") {
			await refreshTargets(context);
			void context.courier.carry();
		}
		return answer;
	},
	"session.signOut": async () => {
		await context.session.signOut();
		await context.courier.paint();
		return { signedOut: true };
	},
	"session.token": async ({ refused }) => ({ token: await context.session.token(refused), workspaceGone: false }),
	"session.switchWorkspace": async () => ({ kind: "failed", message: "Not yet." }),
	"session.link": async () => ({ kind: "failed", message: "Not yet." }),
	"account.refresh": async () => ({ refreshed: false }),
	"account.delete": async () => ({ kind: "failed", message: "Not yet." }),
	"targets.changed": async () => {
		await rebuildMenu();
		// The first table is where everything saved before it goes.
		void context.courier.carry();
		return { done: true };
	},
});
