import { grantForDeviceCode } from "../../../identity/tokens.ts";
import type { Grant } from "./grant.ts";

/** RFC 8628 §3.4: asked again every few seconds, each time with a fresh proof of the same key. */
export const deviceCode: Grant = {
	type: "urn:ietf:params:oauth:grant-type:device_code",
	redeem: ({ identity }, { parameters, ...asker }) =>
		grantForDeviceCode(identity, { ...asker, deviceCode: parameters.required("device_code") }),
};
