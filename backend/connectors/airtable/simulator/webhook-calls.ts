import { baseOf, type Call, needScope } from "./call.ts";
import { properties } from "./json-values.ts";
import { notFound, ok, Refusal, type Reply, refuse, refuseShape } from "./replies.ts";
import { type Base, findTable } from "./state.ts";
import { type Webhook, type WebhookFilters, webhookLifeMs } from "./webhooks.ts";

type Handler = (call: Call) => Reply;

/** Of one base; Airtable's own number is not documented for sure. */
const maxPerBase = 10;
const maxPayloads = 50;
const dataTypes = ["tableData", "tableFields", "tableMetadata"];
const changeTypes = ["add", "update", "remove"];
const fromSources = [
	"client",
	"publicApi",
	"formSubmission",
	"automation",
	"system",
	"sync",
	"anonymousUser",
	"unknown",
];

/** `/bases/{base}/webhooks…`: made, listed, refreshed, read and deleted by whoever may change the base and manages webhooks. */
export function webhookHandler({ method, segments }: Call): Handler | null {
	if (segments[2] !== "webhooks" || segments.length > 5) return null;
	const [, , , id, verb = ""] = segments;
	if (id === undefined) return { GET: list, POST: create }[method] ?? null;
	return oneHandlers[`${method} ${verb}`.trim()] ?? null;
}

const oneHandlers: Readonly<Record<string, Handler>> = {
	DELETE: remove,
	"POST refresh": refresh,
	"POST enableNotifications": enable,
	"GET payloads": payloads,
};

function baseFor(call: Call): Base {
	needScope(call, "webhook:manage");
	return baseOf(call, call.segments[1], "create");
}

function webhookFor(call: Call): Webhook {
	const base = baseFor(call);
	const webhook = call.world.webhooks.of(base.id).find(({ id }) => id === call.segments[3]);
	if (webhook === undefined) throw new Refusal(notFound());
	return webhook;
}

function list(call: Call): Reply {
	const base = baseFor(call);
	const webhooks = call.world.webhooks.of(base.id).map((webhook) => ({
		id: webhook.id,
		notificationUrl: webhook.notificationUrl,
		areNotificationsEnabled: webhook.notifies,
		isHookEnabled: true,
		cursorForNextPayload: webhook.firstCursor + webhook.payloads.length,
		expirationTime: new Date(webhook.expiresAt).toISOString(),
		specification: { options: { filters: webhook.filters } },
	}));
	return ok({ webhooks });
}

function create(call: Call): Reply {
	const base = baseFor(call);
	const { notificationUrl = null, specification } = properties(call.body);
	const filters = checkedFilters(base, properties(properties(specification).options).filters);
	if (call.world.webhooks.of(base.id).length >= maxPerBase) {
		return refuse(403, "TOO_MANY_WEBHOOKS_IN_BASE", "The base has as many webhooks as it may have");
	}
	const made = { baseId: base.id, userId: call.token.userId, notificationUrl: checkedUrl(notificationUrl), filters };
	const { id, macSecretBase64, expiresAt } = call.world.webhooks.add(made);
	return ok({ id, macSecretBase64, expirationTime: new Date(expiresAt).toISOString() });
}

/** Airtable reaches public addresses by https; a stand-in also those of its own computer. */
function checkedUrl(url: unknown): string | null {
	if (url === null) return null;
	const isPublic = typeof url === "string" && url.startsWith("https://");
	const isLocal = typeof url === "string" && /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//.test(url);
	return isPublic || isLocal ? url : refuseShape("notificationUrl has to be an https address");
}

function checkedFilters(base: Base, value: unknown): WebhookFilters {
	const filters = properties(value);
	const known = ["dataTypes", "recordChangeScope", "changeTypes", "fromSources", "watchDataInFieldIds"];
	if (Object.keys(filters).some((name) => !known.includes(name))) refuseShape();
	const scope = filters.recordChangeScope;
	if (scope !== undefined && (typeof scope !== "string" || findTable(base, scope) === null)) refuseShape();
	const changes = listed(filters.changeTypes, changeTypes);
	const sources = listed(filters.fromSources, fromSources);
	return {
		dataTypes: listed(filters.dataTypes, dataTypes) ?? refuseShape(),
		...(typeof scope === "string" ? { recordChangeScope: scope } : {}),
		...(changes === undefined ? {} : { changeTypes: changes }),
		...(sources === undefined ? {} : { fromSources: sources }),
	};
}

function listed(value: unknown, allowed: readonly string[]): string[] | undefined {
	if (value === undefined) return undefined;
	if (!Array.isArray(value) || value.length === 0) return refuseShape();
	return value.map((one) => (typeof one === "string" && allowed.includes(one) ? one : refuseShape()));
}

function remove(call: Call): Reply {
	call.world.webhooks.remove(webhookFor(call).id);
	return { status: 200, body: { text: "", type: "text/plain" } };
}

function refresh(call: Call): Reply {
	const webhook = webhookFor(call);
	webhook.expiresAt = Date.now() + webhookLifeMs;
	return ok({ expirationTime: new Date(webhook.expiresAt).toISOString() });
}

function enable(call: Call): Reply {
	const { enable: wanted } = properties(call.body);
	if (typeof wanted !== "boolean") return refuseShape();
	webhookFor(call).notifies = wanted;
	return { status: 200, body: { text: "", type: "text/plain" } };
}

/** Reading puts the end off too. */
function payloads(call: Call): Reply {
	const webhook = webhookFor(call);
	const cursor = Number(call.query.get("cursor") ?? webhook.firstCursor);
	const limit = Number(call.query.get("limit") ?? maxPayloads);
	const next = webhook.firstCursor + webhook.payloads.length;
	if (!Number.isInteger(cursor) || cursor < 1 || cursor > next) return refuseShape("Invalid cursor");
	if (!Number.isInteger(limit) || limit < 1 || limit > maxPayloads) return refuseShape("Invalid limit");
	const from = Math.max(0, cursor - webhook.firstCursor);
	const page = webhook.payloads.slice(from, from + limit);
	const after = webhook.firstCursor + from + page.length;
	webhook.expiresAt = Date.now() + webhookLifeMs;
	return ok({ payloads: page, cursor: after, mightHaveMore: after < next });
}
