import type { Connector, ConnectorManifest } from "../connector.ts";
import type { OAuthManifest } from "../oauth-manifest.ts";
import type { ApiSettings } from "./api.ts";
import { identify, oauthManifest, tokenField } from "./auth.ts";
import { coerce } from "./coerce.ts";
import { createColumns, discover } from "./discover.ts";
import { penaltyMs } from "./errors.ts";
import { push } from "./push.ts";
import { read } from "./read.ts";
import { remove } from "./remove.ts";
import { searchRows } from "./search-rows.ts";
import { notionSource } from "./source.ts";
import { upload } from "./upload.ts";
import { notionWatch } from "./watch.ts";

export type NotionConnectorOptions = {
	/** With or without `/v1`. */
	apiUrl: string;
	/** The public integration the operator registered; null, and only internal integrations can be connected. */
	client: OAuthManifest["client"] | null;
	/** Signs the messages of the subscription that the operator made in that integration's settings; null: there is none. */
	webhookSecret: string | null;
	/** How long Notion's index may lag behind a page that was made just now; 15 s when left out. */
	settleMs?: number;
};

const defaultSettleMs = 15_000;
/** Rows are asked for one by one, at three a second. */
const lookEveryMs = 3_600_000;

export function createNotionConnector(options: NotionConnectorOptions): Connector {
	const apiUrl = options.apiUrl.replace(/\/+$/, "").replace(/\/v1$/, "");
	const settings: ApiSettings = { apiUrl, settleMs: options.settleMs ?? defaultSettleMs };
	return {
		manifest: manifestOf(apiUrl, options.client),
		identify: (call) => identify(settings, call),
		discover: (call) => discover(settings, call),
		push: (call, target, rows) => push(settings, call, { target, rows }),
		coerce,
		remoteUrl: (_target, remoteId) => `https://www.notion.so/${remoteId}`,
		read: (call, target, wanted) => read(settings, call, { target, wanted }),
		remove: (call, _target, remoteIds) => remove(settings, call, remoteIds),
		createColumns: (call, table, columns) => createColumns(settings, call, { table, columns }),
		upload: (call, target, file) => upload(settings, call, { target, file }),
		searchRows: (call, table, text) => searchRows(settings, call, { table, text }),
		source: notionSource(settings),
		watch: notionWatch(settings, options.webhookSecret),
	};
}

function manifestOf(apiUrl: string, client: NotionConnectorOptions["client"]): ConnectorManifest {
	return {
		id: "notion",
		title: "Notion",
		summary: "Rows in your Notion databases, each with its page.",
		icon,
		ways: client === null ? ["token"] : ["oauth", "token"],
		form: [tokenField],
		...(client === null ? {} : { oauth: oauthManifest(apiUrl, client) }),
		requiredScopes: [],
		addsChoices: true,
		// "About 3 requests per second on average" per connection (request limits).
		limits: { recordsPerRequest: 1, requestsPerSecond: 3, penaltyMs, lookEveryMs },
		budgetScope: ({ connectionId }) => `notion:${connectionId}`,
	};
}

/** A page with a folded corner and lines, in nobody's colours. */
const icon =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path fill-rule="evenodd" d="M5 3h9l5 5v13H5zm8 1.500V9h4.500zM8 12v1.500h8V12zm0 4v1.500h8V16z"/></svg>';
