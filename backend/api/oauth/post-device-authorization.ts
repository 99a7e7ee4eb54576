import { Elysia } from "elysia";
import { namedDevice } from "../../identity/device.ts";
import { openDeviceGrant } from "../../identity/device-grants.ts";
import { rateLimits } from "../../identity/rate-limits.ts";
import type { RouteDeps } from "../app-deps.ts";
import { devicePath } from "../device/device-path.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { answerClient, refuseGrant } from "./client-request.ts";
import { deviceCode } from "./grants/device-code.ts";

/**
 * The device authorization endpoint (RFC 8628 §3.1). `device_id` (a UUID) and `device_name` name the session in the person's list of
 * devices, and the name stands on the page where they allow it.
 */
export function postDeviceAuthorization({ identity }: RouteDeps) {
	return new Elysia().post(
		"/oauth/device_authorization",
		async ({ request, body, set, server }) => {
			await identity.sweep();
			const call = { request, body, set, address: clientAddress(server, request), limit: rateLimits.devicesPerAddress };
			return await answerClient(identity, call, async (parameters, client) => {
				refuseGrant(client, deviceCode.type);
				const name = parameters.optional("device_name") ?? "A device without a name";
				const device = namedDevice({ id: parameters.optional("device_id"), name });
				const grant = await openDeviceGrant(identity, { clientId: client.id, ...device });
				return {
					device_code: grant.deviceCode,
					user_code: grant.userCode,
					verification_uri: `${identity.issuer}${devicePath(null)}`,
					verification_uri_complete: `${identity.issuer}${devicePath(grant.userCode)}`,
					expires_in: grant.expiresInSeconds,
					interval: grant.intervalSeconds,
				};
			});
		},
		{ detail: { tags: ["oauth"], summary: "Codes for a device without a browser (RFC 8628)" } },
	);
}
