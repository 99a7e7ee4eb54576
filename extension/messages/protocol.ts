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
	"session.signOut": { ask: Record<string, never>; answer: { signedOut: true } };
	/**
	 * A bearer token for a request that a page makes itself; refreshed by the background when it is about to expire.
	 * `refused`: the token the backend has just answered 401 to. The answer is then another one, or null.
	 */
	"session.token": { ask: { refused?: string }; answer: { token: string | null } };
	/** Targets or settings changed: rebuild the context menu and the badge. */
	"targets.changed": { ask: Record<string, never>; answer: { done: true } };
};

export type SignInAnswer =
	| { kind: "signed-in"; userId: string; email: string }
	| { kind: "cancelled" }
	| { kind: "failed"; message: string };

export type MessageName = keyof Protocol;
