import { keepTargets } from "../api/keep-targets.ts";
import { syncRecipes } from "../api/sync-recipes.ts";
import type { Handlers } from "../messages/dispatch.ts";
import { webLocks } from "../messages/one-at-a-time.ts";
import type { BackgroundContext } from "./background-context.ts";
import { findTables, resumeCollecting, startCollecting, stopCollecting } from "./collections.ts";
import { rebuildMenu } from "./context-menu.ts";
import { readPageAside } from "./read-page-aside.ts";
import { stopShot, takeShot } from "./shots.ts";

/** The handlers of the messages whose names begin so. */
type HandlersOf<Room extends string> = Pick<Handlers, Extract<keyof Handlers, `${Room}.${string}`>>;

/** Fetches the targets; the menu follows them. Signed out or offline: what is known is still the best there is. */
export const refreshTargets = async ({ client }: BackgroundContext): Promise<void> => {
	await keepTargets(client, webLocks).catch(() => undefined);
};

/** What was made here is sent, the workspace's are fetched. Offline: what is on this device is used and sent later. */
export const refreshRecipes = async ({ client }: BackgroundContext): Promise<void> => {
	await syncRecipes(client, webLocks).catch(() => undefined);
};

/** Who the person is, what they prefer and where they send to. Offline: what is known is still the best there is. */
export const refreshAccount = async (context: BackgroundContext): Promise<boolean> => {
	const refreshed = await context.session.refreshAccount().catch(() => false);
	if (refreshed) await context.settings.sync();
	await refreshTargets(context);
	void refreshRecipes(context);
	return refreshed;
};

/** What of a page outlives the one who asked for it. */
const pageHandlers: HandlersOf<"pages" | "tables"> = {
	"pages.readAside": async ({ url, withBody }) => await readPageAside(url, { subject: { of: "page" }, withBody }),
	"tables.find": async ({ tabId }) => await findTables(tabId),
	"tables.collect": async (question) => await startCollecting(question),
	"tables.resume": async ({ tabId, limit }) => await resumeCollecting(tabId, limit),
	"tables.stop": async ({ tabId }) => {
		await stopCollecting(tabId);
		return { stopped: true };
	},
};

const sessionHandlers = (context: BackgroundContext): HandlersOf<"session"> => ({
	"session.signIn": async () => {
		const answer = await context.session.signIn();
		if (answer.kind === "signed-in") {
			await refreshTargets(context);
			void context.settings.sync();
			void refreshRecipes(context);
			void context.courier.carry();
		}
		return answer;
	},
	"session.signOut": async () => {
		try {
			await context.session.signOut();
		} finally {
			await context.courier.paint();
		}
		return { signedOut: true };
	},
	"session.token": async (question) => {
		const answer = await context.session.token(question);
		return { token: answer.kind === "token" ? answer.token : null, workspaceGone: answer.kind === "workspace-gone" };
	},
	"session.switchWorkspace": async ({ workspaceId }) => {
		const answer = await context.session.switchWorkspace(workspaceId);
		if (answer.kind !== "failed") await refreshTargets(context);
		void refreshRecipes(context);
		return answer;
	},
	"session.link": async ({ provider }) => await context.session.link(provider),
});

/** What the extension's own pages can ask (messages/protocol.ts). Everything long goes on after the answer. */
export const createHandlers = (context: BackgroundContext): Handlers => ({
	...sessionHandlers(context),
	...pageHandlers,
	"outbox.flush": async () => {
		void context.courier.carry();
		return { started: true };
	},
	"records.refresh": async () => {
		void context.courier.carry();
		return { started: true };
	},
	"shots.take": async (question) => await takeShot(context.outbox, question),
	"shots.stop": async () => {
		stopShot();
		return { stopped: true };
	},
	"connection.open": async (question) => await context.session.connect(question),
	"account.refresh": async () => ({ refreshed: await refreshAccount(context) }),
	"account.delete": async ({ confirm }) => {
		const answer = await context.session.deleteAccount(confirm);
		await context.courier.paint();
		return answer;
	},
	"recipes.changed": async () => {
		void refreshRecipes(context);
		return { started: true };
	},
	"targets.changed": async () => {
		await rebuildMenu();
		// The first table is where everything saved before it goes.
		void context.courier.carry();
		return { done: true };
	},
});
