import { failureOf } from "../api/api-failure.ts";
import type { Client } from "../api/client.ts";
import { ask } from "../messages/ask.ts";
import type { Outbox } from "../outbox/types.ts";
import type { Account } from "../settings/account.ts";
import { serverUrl } from "../settings/items.ts";
import { liveCursor } from "../settings/live-cursor.ts";
import { describeChanges } from "./describe-changes.ts";
import { fetchSigned } from "./fetch-signed.ts";
import { type Feed, type Lead, shareFeed } from "./shared-feed.ts";
import { type EitherDeps, followEither } from "./stream-or-shape.ts";

export type FeedDeps = {
	account: Account;
	outbox: Pick<Outbox, "applyLive" | "catchUp">;
	client: Pick<Client, "recordsById">;
};

/** The feed of a person in the workspace they work in, shared with this browser's other pages. */
export function openFeed(deps: FeedDeps): Feed {
	const { userId, workspaceId } = deps.account;
	return shareFeed(`sheaf/live/${userId}/${workspaceId}`, leadWith(deps));
}

function leadWith({ account, outbox, client }: FeedDeps): Lead {
	const place = `${account.userId} ${account.workspaceId}`;
	return (tell, signal) => {
		const onChanges: EitherDeps["onChanges"] = async (changes) => {
			await outbox.applyLive(changes, client);
			tell.news(changes);
		};
		const shape: EitherDeps["shape"] = async (onLive, until) => {
			const url = `${await serverUrl.getValue()}/api/v1/electric/shape`;
			// Electric's client is fetched where a server has shapes, and nowhere else.
			const { followShape } = await import("./follow-shape.ts");
			const onChanged = async (changed: Parameters<typeof describeChanges>[0]) =>
				await onChanges(await describeChanges(changed, client));
			await followShape({ url, fetchPart, onLive, onChanged }, until);
		};
		const onReset = async () => {
			await outbox.catchUp(client);
			tell.news(null);
		};
		const cursor = {
			get: async () => {
				const kept = await liveCursor.getValue();
				return kept?.place === place ? kept.cursor : null;
			},
			set: (next: string) => liveCursor.setValue({ place, cursor: next }),
		};
		const { random } = Math;
		const told = { onChanges, onReset, onState: tell.state, onStanding };
		return followEither({ ...told, connect, cursor, shape, wait, random, now: Date.now }, signal);
	};
}

async function connect(cursor: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
	const query = cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;
	const url = `${await serverUrl.getValue()}/api/v1/live${query}`;
	const response = await fetchSigned(url, { accept: "text/event-stream", signal });
	if (!response.ok || response.body === null) throw await failureOf(response, Date.now());
	return response.body;
}

/** A part of a shape. A token is renewed before it runs out, so that one which is refused says something of the person. */
function fetchPart(url: string, signal: AbortSignal): Promise<Response> {
	return fetchSigned(url, { accept: "application/json", signal }, onStanding);
}

async function onStanding(): Promise<void> {
	await ask("account.refresh", {}).catch(() => undefined);
}

/** Over at once when the network comes back. */
function wait(delayMs: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, delayMs);
		const end = () => {
			clearTimeout(timer);
			resolve();
		};
		addEventListener("online", end, { once: true, signal });
		signal.addEventListener("abort", end, { once: true });
	});
}
