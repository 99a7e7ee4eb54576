import { storage } from "wxt/utils/storage";
import { diagnosticsCalls } from "../api/calls/diagnostics.ts";
import { createRequester } from "../api/request.ts";
import type { Session } from "../api/session.ts";
import { tokenSourceOf } from "../api/workspace-token.ts";
import { diagnosticsChannel, openRing } from "../diagnostics/ring-database.ts";
import { createShipper, type ShippingPause } from "../diagnostics/shipper.ts";
import { thisBrowser } from "../diagnostics/this-browser.ts";
import { hasDataConsent, onDataConsentTaken } from "../settings/data-consent.ts";
import { readDeviceId } from "../settings/device-id.ts";
import { account, serverUrl } from "../settings/items.ts";
import { sendDiagnosticsOf, sendsDiagnostics } from "../settings/send-diagnostics.ts";

/** What belongs together is written within moments, and goes together. */
const gatherMs = 2_000;

const pause = storage.defineItem<ShippingPause>("session:diagnosticsPause", { fallback: { failures: 0, until: 0 } });

/** Sends a person's diagnostics to their own server while they allow it; attached at every start of the worker. */
export const shipDiagnostics = (session: Pick<Session, "token">): void => {
	const shipper = createShipper({
		allowed: sendsDiagnostics,
		ring: async (userId) => await openRing({ userId, deviceId: await readDeviceId() }),
		send: (userId, body, signal) => {
			const token = tokenSourceOf((question) => session.token(question), { userId });
			const request = createRequester({ serverUrl: () => serverUrl.getValue(), token });
			return diagnosticsCalls(request).sendDiagnostics(body, signal);
		},
		pause: { get: () => pause.getValue(), set: (next) => pause.setValue(next) },
		about: thisBrowser,
	});
	let gathering = false;
	const soon = (): void => {
		if (gathering) return;
		gathering = true;
		setTimeout(() => {
			gathering = false;
			void shipper.ship();
		}, gatherMs);
	};
	new BroadcastChannel(diagnosticsChannel).onmessage = soon;
	for (const item of [sendDiagnosticsOf, account]) {
		item.watch(() => {
			shipper.switched();
			soon();
		});
	}
	onDataConsentTaken(() => void forgetWithoutConsent());
	soon();
};

/** Given back among the browser's add-ons, it is not our switch pressed again: what was noted meanwhile was not to be sent. */
async function forgetWithoutConsent(): Promise<void> {
	if (!(await hasDataConsent())) await sendDiagnosticsOf.setValue(null);
}
