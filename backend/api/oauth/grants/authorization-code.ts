import { grantForCode } from "../../../identity/tokens.ts";
import type { Grant } from "./grant.ts";

/** RFC 6749 §4.1.3 with PKCE. `device_id` (a UUID) and `device_name` name the session in the person's list of devices. */
export const authorizationCode: Grant = {
	type: "authorization_code",
	redeem: ({ identity }, { parameters, ...asker }) =>
		grantForCode(identity, {
			...asker,
			code: parameters.required("code"),
			redirectUri: parameters.required("redirect_uri"),
			codeVerifier: parameters.required("code_verifier"),
			device: { id: parameters.optional("device_id"), name: parameters.optional("device_name") },
		}),
};
