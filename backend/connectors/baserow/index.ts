import type { Connector, ConnectorManifest } from "../connector.ts";
import { coerceForRow } from "../row-cells.ts";
import { readContainer } from "../server-address.ts";
import { identify } from "./auth.ts";
import { discover } from "./discover.ts";
import { penaltyMs } from "./errors.ts";
import { push } from "./push.ts";
import { read, remove, searchRows, upload } from "./read.ts";
import { title } from "./title.ts";

/** Baserow's cloud and any server of one's own: the person says where it is. A database token may not add columns. */
export function createBaserowConnector(): Connector {
	return {
		manifest,
		identify,
		discover,
		push,
		coerce: coerceForRow,
		remoteUrl: ({ containerId, tableId }, remoteId) => {
			const { id, address } = readContainer(containerId);
			return address === "" ? null : `${address}/database/${id}/table/${tableId}/row/${encodeURIComponent(remoteId)}`;
		},
		read,
		remove,
		upload,
		searchRows,
	};
}

const manifest: ConnectorManifest = {
	id: "baserow",
	title,
	summary: "Rows in the tables of your Baserow, in its cloud or on a server of your own.",
	/** Three rows of a table, the last one half-way, in nobody's colours. */
	icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor"><path d="M3 4h18v4H3zM3 10h18v4H3zM3 16h11v4H3z"/></svg>',
	ways: ["token"],
	form: [
		{
			name: "address",
			label: "Address of the server",
			kind: "url",
			placeholder: "https://baserow.io",
			help: "Where you open Baserow in your browser, with the path if it lives under one.",
		},
		{
			name: "token",
			label: "Database token",
			kind: "secret",
			help: "Make one in Baserow under Settings, Database tokens, and let it create, read and update rows of the tables you want to fill; delete too, if deliveries may be taken back.",
			helpUrl: "https://baserow.io/user-docs/personal-api-tokens",
		},
	],
	requiredScopes: [],
	// The cloud lets ten requests of a person run at once. Rows are looked up before they are written: one push at a time.
	limits: { recordsPerRequest: 40, requestsPerSecond: 5, penaltyMs, inFlight: 1 },
	budgetScope: ({ connectionId }) => `baserow:${connectionId}`,
};
