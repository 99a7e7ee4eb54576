import type { ConnectorCall, ConnectorResult } from "./connector.ts";

/**
 * How a provider tells that rows changed (SYNC-6). A notice is only ever a reason to look at a row: `read` says what is there, so that
 * a notice that is lost, repeated or late does no harm.
 */
export type RowWatch = OpenedWatch | StandingWatch;

/** A message of the provider as it came: the signature is over the bytes. */
export type Notice = { header(name: string): string | null; body: Uint8Array };

/** Opened by Sheaf, one for each container of a connection. Its notices are empty: what happened is fetched from where `cursor` stands. */
export type OpenedWatch = {
	kind: "opened";
	/** Renewed this long before its end. */
	renewAheadMs: number;
	/**
	 * Asks the provider to send notices about the container to `noticeUrl`, which is this watch's alone: one that an earlier, cut off
	 * try left there under the same address is replaced, because its secret was told only once.
	 */
	open(call: ConnectorCall, place: { containerId: string; noticeUrl: string }): Promise<ConnectorResult<OpenWatch>>;
	/** Puts its end off, and has notices sent again if the provider gave up on them. */
	renew(call: ConnectorCall, place: WatchPlace): Promise<ConnectorResult<Renewed | WatchGone>>;
	/** Ends it. One that is gone already counts as closed. */
	close(call: ConnectorCall, place: WatchPlace): Promise<ConnectorResult<null>>;
	/** Whether the provider wrote this; compared in constant time. Pure. */
	isGenuine(notice: Notice, secret: string): boolean;
	/** What happened since the cursor; null is the beginning. The same cursor answers the same again. */
	changes(
		call: ConnectorCall,
		place: WatchPlace & { cursor: string | null },
	): Promise<ConnectorResult<RowChanges | WatchGone>>;
};

export type WatchPlace = { containerId: string; watchId: string };

/** `expiresAt` null: it has no end that is known. */
export type OpenWatch = { kind: "open"; watchId: string; secret: string; expiresAt: string | null };
export type Renewed = { kind: "renewed"; expiresAt: string | null };
/** The provider does not know it any more: a new one is to be opened. */
export type WatchGone = { kind: "gone" };
export type RowChanges = { kind: "changes"; remoteIds: string[]; cursor: string; more: boolean };

/** Set up once for the whole installation, by its operator in the provider's own settings; each notice names the row. */
export type StandingWatch = {
	kind: "standing";
	/** What notices call the account of this credential; null when the provider does not say, and then its rows are only looked at. */
	subject(call: ConnectorCall): Promise<ConnectorResult<string | null>>;
	/** Whether the provider wrote this; compared in constant time. False while the operator has not set it up. Pure. */
	isGenuine(notice: Notice): boolean;
	/** The secret that a provider shows this address when it is being set up; null for every other message, and once it is set. Pure. */
	setUpSecret(notice: Notice): string | null;
	/** Whose rows changed, and which; null for what is of no interest. Only for a genuine notice. Pure. */
	changes(notice: Notice): { subject: string; remoteIds: string[] } | null;
};
