import type { Connector, ConnectorManifest } from "../connector.ts";
import { coerceForRow } from "../row-cells.ts";
import { readContainer } from "../server-address.ts";
import { identify } from "./auth.ts";
import { createColumns, discover } from "./discover.ts";
import { penaltyMs } from "./errors.ts";
import { push } from "./push.ts";
import { read, remove, searchRows, upload } from "./read.ts";
import { title } from "./title.ts";

/** NocoDB's cloud and any server of one's own: the person says where it is. */
export function createNocodbConnector(): Connector {
	return {
		manifest,
		identify,
		discover,
		push,
		coerce: coerceForRow,
		remoteUrl: ({ containerId, tableId }, remoteId) => {
			const { id, address } = readContainer(containerId);
			return address === "" ? null : `${address}/dashboard/#/nc/${id}/${tableId}?rowId=${encodeURIComponent(remoteId)}`;
		},
		read,
		remove,
		createColumns,
		upload,
		searchRows,
	};
}

const manifest: ConnectorManifest = {
	id: "nocodb",
	title,
	summary: "Rows in the tables of your NocoDB, in its cloud or on a server of your own.",
	/** A grid of rows with one that is filled, in nobody's colours. */
	icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M3 4h18v4H3zM3 10h5v10H3zM10 10h11v4H10zM10 16h11v4H10z"/></svg>',
	ways: ["token"],
	form: [
		{
			name: "address",
			label: "Address of the server",
			kind: "url",
			placeholder: "https://app.nocodb.com",
			help: "Where you open NocoDB in your browser, with the path if it lives under one.",
		},
		{
			name: "token",
			label: "Token",
			kind: "secret",
			help: "Make one in NocoDB under Account settings, Tokens. It acts with your rights: to fill a table you need to be an editor of its base.",
			helpUrl: "https://nocodb.com/docs/product-docs/account-settings/api-tokens",
		},
	],
	requiredScopes: [],
	addsChoices: true,
	// The cloud's rate. Rows are looked up before they are written, so two pushes side by side could both make one.
	limits: { recordsPerRequest: 40, requestsPerSecond: 5, penaltyMs, inFlight: 1 },
	budgetScope: ({ connectionId }) => `nocodb:${connectionId}`,
};
