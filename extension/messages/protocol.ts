import type { DeletionReceipt } from "../../backend/contract/account-end.ts";
import type { TabCapture } from "../background/capture-tab.ts";
import type { FoundTable, TablesFailure, TablesFound } from "../capture/tables/types.ts";
import type { CollectLimit } from "../settings/collections.ts";
import type { ShotAnswer, ShotAsk } from "../shots/shot.ts";

/**
 * Every message between the extension's own pages and its background, in one map: what is asked and what is answered.
 * Pages read and write the local database themselves; the background is asked only for what must outlive the page.
 */
export type Protocol = {
	/** Send what is due now. Answers at once; progress is seen in the database. */
	"outbox.flush": { ask: Record<string, never>; answer: { started: boolean } };
	/** Ask the backend how the unsettled records stand. */
	"records.refresh": { ask: Record<string, never>; answer: { started: boolean } };
	/** Opens the sign-in window. It outlives the popup, so the result is also written to the settings. */
	"session.signIn": { ask: Record<string, never>; answer: SignInAnswer };
	/** Sends what can be sent within seconds, puts the rest away sealed until this person's next sign-in, and forgets them. */
	"session.signOut": { ask: Record<string, never>; answer: { signedOut: true } };
	/**
	 * A bearer token for a request that a page makes itself; refreshed by the background when it is about to expire.
	 * `refused`: the token the backend has just answered 401 to. The answer is then another one, or null.
	 * `workspaceId`: another one of the person's workspaces than the current.
	 */
	"session.token": {
		ask: { refused?: string; workspaceId?: string };
		/** `workspaceGone`: somebody is signed in who is no longer in that workspace. */
		answer: { token: string | null; workspaceGone: boolean };
	};
	/** Works in another workspace from now on; account, targets and chosen target change with it. */
	"session.switchWorkspace": { ask: { workspaceId: string }; answer: SwitchAnswer };
	/** Opens the window in which another way in is linked to the account. */
	"session.link": { ask: { provider: string }; answer: LinkAnswer };
	/** Opens the window in which an account is connected at its provider, or reconnected. */
	"connection.open": { ask: { provider: string; connectionId?: string }; answer: ConnectAnswer };
	/** Asks the server again who the person is, where they belong and what they prefer. After changes to any of it. */
	"account.refresh": { ask: Record<string, never>; answer: { refreshed: boolean } };
	/** Deletes the account at the server, and everything of it on this device. `confirm`: the e-mail as the person typed it. */
	"account.delete": { ask: { confirm: string }; answer: DeleteAnswer };
	/** Recipes were made or changed here: send them, and fetch the workspace's. */
	"recipes.changed": { ask: Record<string, never>; answer: { started: boolean } };
	/** Targets or settings changed: rebuild the context menu and the badge. */
	"targets.changed": { ask: Record<string, never>; answer: { done: true } };
	/** Reads a page of a site that is allowed, in a tab behind the others that is closed again, whoever is still there to hear of it. */
	"pages.readAside": { ask: { url: string; withBody: boolean }; answer: TabCapture };
	/**
	 * Takes a picture of the page of a record that is being written, and keeps it with that record; it goes on when the asking page closes.
	 * An element is chosen on the page first: `choosing` is the answer then, and the picture is there when the record is opened again.
	 */
	"shots.take": { ask: ShotAsk; answer: ShotAnswer };
	/** Ends the picture that is being taken; the page is put back as it was. */
	"shots.stop": { ask: Record<string, never>; answer: { stopped: true } };
	/** The tables and lists of the page in a tab. After a gesture that let us read it, or with the host's permission. */
	"tables.find": { ask: { tabId: number }; answer: TablesFound | TablesFailure };
	/**
	 * Gathers a table's rows over pages, presses and scrolls, beginning with those that are there. Answers at once; watch
	 * `collectionOf(tabId)` (settings/collections.ts) for progress and read the rows with `readRows`. A tab has one collection:
	 * this drops an earlier one.
	 */
	"tables.collect": { ask: CollectAsk; answer: CollectAnswer };
	/** Goes on where a collection ended, by another limit. In the same document where it lives on, else at its address. */
	"tables.resume": { ask: { tabId: number; limit: CollectLimit }; answer: CollectAnswer };
	/** Ends the tab's collection; its rows stay. */
	"tables.stop": { ask: { tabId: number }; answer: { stopped: true } };
};

export type SignInAnswer =
	/**
	 * `unopened`: parcels of records that were put away at an earlier sign-out and could not be opened with the server's key.
	 * They are kept and tried again at the next sign-in; 0 unless the server has lost its keys.
	 */
	| { kind: "signed-in"; userId: string; email: string; unopened: number }
	/** Closed, refused or abandoned by the person: nothing is to be said about it. */
	| { kind: "cancelled" }
	| { kind: "failed"; message: string };

export type SwitchAnswer =
	| { kind: "switched" }
	/** The person is no longer in it; the list of workspaces has been brought up to date. */
	| { kind: "gone"; message: string }
	| { kind: "failed"; message: string };

export type LinkAnswer = { kind: "linked" } | { kind: "cancelled" } | { kind: "failed"; message: string };

export type ConnectAnswer =
	| { kind: "connected"; connectionId: string }
	| { kind: "cancelled" }
	| { kind: "failed"; message: string };

export type DeleteAnswer = { kind: "deleted"; receipt: DeletionReceipt } | { kind: "failed"; message: string };

export type CollectAsk = { tabId: number; table: FoundTable; limit: CollectLimit };

/** `none`: the tab has no collection to go on with. */
export type CollectAnswer = { kind: "started"; collectionId: string } | { kind: "none" };

export type MessageName = keyof Protocol;
