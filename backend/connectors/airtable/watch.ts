import { type Static, Type } from "@sinclair/typebox";
import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import { isMacOf } from "../mac.ts";
import type { Notice, OpenedWatch, OpenWatch, Renewed, RowChanges, WatchGone, WatchPlace } from "../watch.ts";
import { type Answer, type ApiSettings, ask, order } from "./api.ts";
import { failureOf } from "./failure.ts";

/** A webhook lives seven days; renewed every second one, so that an outage of days loses none. */
const renewAheadMs = 5 * 24 * 3_600_000;
/** The most that one page of payloads holds. */
const payloadsPerPage = 50;

const Webhooks = Type.Object({
	webhooks: Type.Array(
		Type.Object({ id: Type.String(), notificationUrl: Type.Optional(Type.Union([Type.String(), Type.Null()])) }),
	),
});
const Created = Type.Object({
	id: Type.String({ minLength: 1 }),
	macSecretBase64: Type.String({ minLength: 1 }),
	expirationTime: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});
const Refreshed = Type.Object({ expirationTime: Type.Optional(Type.Union([Type.String(), Type.Null()])) });
/** A payload's parts that are used. Those of a format to come, and those that only say that Airtable lost them, name no row. */
const Payload = Type.Object({
	changedTablesById: Type.Optional(
		Type.Record(
			Type.String(),
			Type.Object({
				changedRecordsById: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
				destroyedRecordIds: Type.Optional(Type.Array(Type.String())),
			}),
		),
	),
});
const Payloads = Type.Object({
	payloads: Type.Array(Payload),
	cursor: Type.Integer({ minimum: 1 }),
	mightHaveMore: Type.Boolean(),
});

/** Airtable's webhooks (airtable.com/developers/web/api/webhooks-overview): made by call, with pings that carry nothing. */
export function airtableWatch(settings: ApiSettings): OpenedWatch {
	return {
		kind: "opened",
		renewAheadMs,
		open: (call, place) => open(settings, call, place),
		renew: (call, place) => renew(settings, call, place),
		close: (call, place) => close(settings, call, place),
		isGenuine,
		changes: (call, place) => changes(settings, call, place),
	};
}

/** The MAC's key is the secret's bytes; it is over the body as it came. */
function isGenuine({ header, body }: Notice, secret: string): boolean {
	return isMacOf(header("x-airtable-content-mac"), "hmac-sha256=", { key: Buffer.from(secret, "base64"), body });
}

async function open(
	settings: ApiSettings,
	call: ConnectorCall,
	{ containerId, noticeUrl }: { containerId: string; noticeUrl: string },
): Promise<ConnectorResult<OpenWatch>> {
	const hooks = hooksPath(containerId);
	const there = await ask(settings, call, { method: "GET", path: hooks, reply: Webhooks });
	if (!there.ok) return failureOf(settings.title, there.trouble);
	for (const { id, notificationUrl } of there.value.webhooks) {
		if (notificationUrl !== noticeUrl) continue;
		const closed = await close(settings, call, { containerId, watchId: id });
		if (closed.kind !== "ok") return closed;
	}
	const json = { notificationUrl: noticeUrl, specification: { options: { filters } } };
	const made = await ask(settings, call, { method: "POST", path: hooks, json, reply: Created });
	if (!made.ok) return failureOf(settings.title, made.trouble);
	const { id, macSecretBase64, expirationTime } = made.value;
	return {
		kind: "ok",
		value: { kind: "open", watchId: id, secret: macSecretBase64, expiresAt: expirationTime ?? null },
	};
}

/** What people do in Airtable itself. Not what comes by its API, which is mostly our own. */
const filters = { dataTypes: ["tableData"], changeTypes: ["update", "remove"], fromSources: ["client"] };

async function renew(
	settings: ApiSettings,
	call: ConnectorCall,
	place: WatchPlace,
): Promise<ConnectorResult<Renewed | WatchGone>> {
	const path = hookPath(place);
	const refreshed = await ask(settings, call, { method: "POST", path: `${path}/refresh`, reply: Refreshed });
	if (!refreshed.ok) return goneOr(settings, refreshed);
	// Airtable stops its pings after a day of failures.
	const json = { enable: true };
	const enabled = await order(settings, call, { method: "POST", path: `${path}/enableNotifications`, json });
	if (!enabled.ok) return goneOr(settings, enabled);
	return { kind: "ok", value: { kind: "renewed", expiresAt: refreshed.value.expirationTime ?? null } };
}

async function close(settings: ApiSettings, call: ConnectorCall, place: WatchPlace): Promise<ConnectorResult<null>> {
	const closed = await order(settings, call, { method: "DELETE", path: hookPath(place) });
	if (closed.ok || closed.trouble.kind === "table_missing") return { kind: "ok", value: null };
	return failureOf(settings.title, closed.trouble);
}

async function changes(
	settings: ApiSettings,
	call: ConnectorCall,
	{ cursor, ...place }: WatchPlace & { cursor: string | null },
): Promise<ConnectorResult<RowChanges | WatchGone>> {
	const query = new URLSearchParams({ limit: String(payloadsPerPage), ...(cursor === null ? {} : { cursor }) });
	const path = `${hookPath(place)}/payloads?${query.toString()}`;
	const page = await ask(settings, call, { method: "GET", path, reply: Payloads });
	if (!page.ok) return goneOr(settings, page);
	const { payloads, mightHaveMore } = page.value;
	const remoteIds = [...new Set(payloads.flatMap(rowsIn))];
	return {
		kind: "ok",
		value: { kind: "changes", remoteIds, cursor: String(page.value.cursor), more: mightHaveMore },
	};
}

function rowsIn({ changedTablesById = {} }: Static<typeof Payload>): string[] {
	return Object.values(changedTablesById).flatMap(({ changedRecordsById = {}, destroyedRecordIds = [] }) => [
		...Object.keys(changedRecordsById),
		...destroyedRecordIds,
	]);
}

function goneOr(
	{ title }: ApiSettings,
	{ trouble }: Extract<Answer<never>, { ok: false }>,
): ConnectorResult<WatchGone> {
	// 404: what is not there among what the base holds.
	return trouble.kind === "table_missing" ? { kind: "ok", value: { kind: "gone" } } : failureOf(title, trouble);
}

function hooksPath(containerId: string): string {
	return `/bases/${encodeURIComponent(containerId)}/webhooks`;
}

function hookPath({ containerId, watchId }: WatchPlace): string {
	return `${hooksPath(containerId)}/${encodeURIComponent(watchId)}`;
}
