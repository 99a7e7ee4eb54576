import type { Connector, ConnectorManifest } from "../connector.ts";
import type { OAuthManifest } from "../oauth-manifest.ts";
import { type SheetsAddresses, title } from "./api.ts";
import { identify } from "./auth.ts";
import { coerce } from "./coerce.ts";
import { createColumns } from "./create-columns.ts";
import { discover } from "./discover.ts";
import { penaltyMs } from "./errors.ts";
import { googleEndpoints, oauthManifest, type Reach, scopesOf } from "./oauth.ts";
import { push } from "./push.ts";
import { read, remove, searchRows } from "./read.ts";
import { rowOfId } from "./row-id.ts";

export type GoogleSheetsConnectorOptions = {
	/** Addresses without trailing slashes. */
	apiUrl: string;
	driveUrl: string;
	oauthUrl: string;
	/** Registered with Google by the operator. There is no other way in, so without one there is no such connector. */
	client: OAuthManifest["client"];
	/** Which spreadsheets people choose among. */
	reach: Reach;
};

export function createGoogleSheetsConnector({
	client,
	oauthUrl,
	reach,
	...urls
}: GoogleSheetsConnectorOptions): Connector {
	const at: SheetsAddresses = { ...urls, userInfoUrl: googleEndpoints(oauthUrl).userInfo };
	return {
		manifest: { ...manifest, requiredScopes: [...scopesOf[reach]], oauth: oauthManifest(oauthUrl, client, reach) },
		identify: (call) => identify(at, call, reach),
		discover: (call) => discover(at, call),
		push: (call, target, rows) => push(at, call, { target, rows }),
		coerce,
		remoteUrl: ({ containerId, tableId }, remoteId) => {
			const row = rowOfId(remoteId);
			return `https://docs.google.com/spreadsheets/d/${containerId}/edit#gid=${tableId}&range=${row}:${row}`;
		},
		read: (call, target, wanted) => read(at, call, { target, wanted }),
		remove: (call, target, remoteIds) => remove(at, call, { target, remoteIds }),
		createColumns: (call, table, columns) => createColumns(at, call, { table, columns }),
		searchRows: (call, table, text) => searchRows(at, call, { table, text }),
	};
}

const manifest: Omit<ConnectorManifest, "requiredScopes"> = {
	id: "google-sheets",
	title,
	summary: "Rows in the tabs of your Google spreadsheets.",
	/** A sheet with a heading and two columns, in nobody's colours. */
	icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M4 3h16v5H4zM4 10h7v4H4zM13 10h7v4h-7zM4 16h7v5H4zM13 16h7v5h-7z"/></svg>',
	ways: ["oauth"],
	form: [],
	addsChoices: true,
	// Google counts 60 reads and 60 writes a minute per person, each apart, and refills once a minute. A full push is three reads and one
	// write, so 500 rows take 3 s. The count of a whole project, 300 a minute, is reached by more than five people at once; then
	// Google's refusal and `penaltyMs` do the rest.
	limits: { recordsPerRequest: 500, requestsPerSecond: 1, penaltyMs, inFlight: 1 },
	kindOf: ({ method, url }) => (isWrite(method, url) ? "write" : "read"),
	budgetScope: ({ connectionId }) => `google-sheets:${connectionId}`,
};

/** A search by filter is posted, and reads. */
function isWrite(method: string, url: string): boolean {
	return method !== "GET" && !url.includes("ByDataFilter");
}
