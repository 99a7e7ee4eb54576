import type { Connector, ConnectorCall, ConnectorManifest } from "../connector.ts";
import { addMessageColumns } from "../message-columns.ts";
import { coerceForMessage } from "../message-values.ts";
import { hookAddress } from "./address.ts";
import { discover, identify } from "./discover.ts";
import { penaltyMs } from "./failure.ts";
import { push } from "./push.ts";

/** @param hooksUrl where Catch Hooks are (`ZAPIER_HOOKS_URL`) */
export function createZapierConnector({ hooksUrl }: { hooksUrl: string }): Connector {
	const address = (call: ConnectorCall) => hookAddress(hooksUrl, call);
	return {
		manifest,
		identify: async (call) => identify(address(call)),
		discover: async (call) => discover(address(call)),
		push: (call, _target, rows) => push(call, address(call), rows),
		coerce: coerceForMessage,
		remoteUrl: () => null,
		createColumns: async (_call, _table, columns) => addMessageColumns(columns),
	};
}

/** A spark with eight rays. */
const icon =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><path d="M12 3v6M12 15v6M3 12h6M15 12h6M5.600 5.600l4.200 4.200M14.200 14.200l4.200 4.200M18.400 5.600l-4.200 4.200M9.800 14.200l-4.200 4.200"/></svg>';

const manifest: ConnectorManifest = {
	id: "zapier",
	title: "Zapier",
	summary: "Each record starts your Zap. One may be delivered to Zapier twice; its event_id then is the same.",
	icon,
	ways: ["token"],
	form: [
		{
			name: "address",
			label: "Address of the Catch Hook",
			kind: "secret",
			placeholder: "https://hooks.zapier.com/hooks/catch/…",
			help: "Make a Zap with the trigger “Webhooks by Zapier”, event “Catch Hook”, and copy its address.",
			helpUrl: "https://help.zapier.com/hc/en-us/articles/8496288690317",
		},
	],
	requiredScopes: [],
	// Zapier takes about 30 requests a second per hook; a little less keeps clear of it.
	addsChoices: true,
	limits: { recordsPerRequest: 1, requestsPerSecond: 30, penaltyMs, inFlight: 12 },
	budgetScope: ({ connectionId }) => `zapier:${connectionId}`,
};
