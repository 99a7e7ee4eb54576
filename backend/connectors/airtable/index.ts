import type { Connector, ConnectorManifest } from "../connector.ts";
import type { OAuthManifest } from "../oauth-manifest.ts";
import { type ApiSettings, versioned } from "./api.ts";
import { identify, requiredScopes } from "./auth.ts";
import { coerce } from "./coerce.ts";
import { createColumns } from "./create-columns.ts";
import { discover } from "./discover.ts";
import { penaltyMs } from "./errors.ts";
import { oauthManifest } from "./oauth.ts";
import { push } from "./push.ts";
import { read } from "./read.ts";
import { remove } from "./remove.ts";
import { searchRows } from "./search-rows.ts";
import { airtableSource } from "./source.ts";
import { upload } from "./upload.ts";
import { airtableWatch } from "./watch.ts";

export type AirtableConnectorOptions = {
	id: string;
	title: string;
	summary: string;
	/** With or without `/v0`. */
	apiUrl: string;
	/** Where a person opens a row. */
	siteUrl: string;
	/** Where files are uploaded to. */
	contentUrl: string;
	/** Without a client only a pasted token is asked for. `none`: there is no account; the token is part of the product and the site shows all rows on one page. */
	auth: { kind: "account"; oauthUrl: string; client: OAuthManifest["client"] | null } | { kind: "none"; token: string };
};

export function createAirtableConnector(options: AirtableConnectorOptions): Connector {
	const { auth } = options;
	const settings: ApiSettings = {
		title: options.title,
		apiUrl: versioned(options.apiUrl),
		contentUrl: versioned(options.contentUrl),
		fixedToken: auth.kind === "none" ? auth.token : null,
	};
	const siteUrl = trimmed(options.siteUrl);
	return {
		manifest: manifestOf(options, siteUrl),
		identify: (call) => identify(settings, call),
		discover: (call) => discover(settings, call),
		push: (call, target, rows) => push(settings, call, { target, rows }),
		coerce,
		read: (call, target, wanted) => read(settings, call, { target, wanted }),
		remove: (call, target, remoteIds) => remove(settings, call, { target, remoteIds }),
		createColumns: (call, place, columns) => createColumns(settings, call, { place, columns }),
		upload: (call, target, file) => upload(settings, call, { target, file }),
		source: airtableSource(settings),
		searchRows: (call, place, text) => searchRows(settings, call, { place, text }),
		// The practice base has none: it is on this computer, and nothing there counts requests.
		...(auth.kind === "none" ? {} : { watch: airtableWatch(settings) }),
		remoteUrl: ({ containerId, tableId }, remoteId) =>
			auth.kind === "none" ? `${siteUrl}/#${remoteId}` : `${siteUrl}/${containerId}/${tableId}/${remoteId}`,
	};
}

function manifestOf({ id, title, summary, auth }: AirtableConnectorOptions, siteUrl: string): ConnectorManifest {
	return {
		id,
		title,
		summary,
		icon,
		ways: waysOf(auth),
		...(auth.kind === "account" && auth.client !== null
			? { oauth: oauthManifest(trimmed(auth.oauthUrl), auth.client) }
			: {}),
		form: auth.kind === "none" ? [] : [tokenField],
		...(auth.kind === "none" ? { homeUrl: siteUrl } : {}),
		requiredScopes: auth.kind === "none" ? [] : requiredScopes,
		addsChoices: true,
		limits: { recordsPerRequest: 10, requestsPerSecond: 5, penaltyMs, lookEveryMs: lookEveryMs[auth.kind] },
		budgetScope: ({ containerId }) => `${id}:${containerId}`,
	};
}

/** A free workspace has a thousand calls a month: six looks a day at a target are 180 of them. */
const lookEveryMs = { account: 4 * 3_600_000, none: 60_000 };

function waysOf(auth: AirtableConnectorOptions["auth"]): ConnectorManifest["ways"] {
	if (auth.kind === "none") return ["none"];
	return auth.client === null ? ["token"] : ["oauth", "token"];
}

function trimmed(address: string): string {
	return address.replace(/\/+$/, "");
}

/** Three sheets of a stack, in nobody's colours. */
const icon =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="m12 3 9 4-9 4-9-4zM3 10l8 3.5V21l-8-3.500zM21 10v7.500L13 21v-7.500z"/></svg>';

const tokenField: ConnectorManifest["form"][number] = {
	name: "token",
	label: "Personal access token",
	kind: "secret",
	placeholder: "pat…",
	help: "Make one in Airtable with the scopes data.records:read, data.records:write and schema.bases:read, and grant it the bases you want to fill. With schema.bases:write Sheaf can also add columns, and with webhook:manage it hears at once when somebody changes a row.",
	helpUrl: "https://airtable.com/create/tokens",
};
