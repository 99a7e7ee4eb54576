import type { Connector, ConnectorManifest } from "../connector.ts";
import { addMessageColumns } from "../message-columns.ts";
import { coerceForMessage } from "../message-values.ts";
import { identify } from "./auth.ts";
import { discover } from "./discover.ts";
import { penaltyMs } from "./failure.ts";
import { push } from "./push.ts";

/** Any address that takes signed messages (Standard Webhooks, https://www.standardwebhooks.com). */
export function createWebhookConnector(): Connector {
	return {
		manifest,
		identify,
		discover,
		push: (call, _target, rows) => push(call, rows),
		coerce: coerceForMessage,
		remoteUrl: () => null,
		createColumns: async (_call, _table, columns) => addMessageColumns(columns),
	};
}

/** A hook. */
const icon =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><circle cx="15" cy="4" r="2"/><path d="M15 6v9a5 5 0 0 1-10 0v-3l3 3"/></svg>';

const manifest: ConnectorManifest = {
	id: "webhook",
	title: "Webhook",
	summary: "A signed message for each record, to any address. One may arrive twice; its id then is the same.",
	icon,
	ways: ["token"],
	form: [
		{
			name: "address",
			label: "Address",
			kind: "url",
			placeholder: "https://example.org/sheaf",
			help: "Where each record is sent. Everyone in the workspace can see it.",
		},
		{
			name: "secret",
			label: "Signing secret",
			kind: "secret",
			placeholder: "whsec_…",
			help: "The receiver checks with it that a message comes from Sheaf (Standard Webhooks).",
			helpUrl: "https://www.standardwebhooks.com",
		},
	],
	requiredScopes: [],
	addsChoices: true,
	limits: { recordsPerRequest: 1, requestsPerSecond: 20, penaltyMs, inFlight: 8 },
	budgetScope: ({ connectionId }) => `webhook:${connectionId}`,
};
