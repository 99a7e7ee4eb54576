import type { TokenAnswer } from "../../../contract/ways-in.ts";
import type { GrantType } from "../../../identity/clients.ts";
import type { RouteDeps } from "../../app-deps.ts";
import type { ClientParameters } from "../client-request.ts";

/** A request to the token endpoint whose client may use the grant, and whose DPoP proof was good. */
export type GrantRequest = { parameters: ClientParameters; clientId: string; dpopThumbprint: string };

/** One way to get tokens at `/oauth/token`: a file of its own, and a line in `registry.ts`. */
export type Grant = {
	type: GrantType;
	/** @throws OAuthError as the grant's RFC names it */
	redeem(deps: RouteDeps, request: GrantRequest): Promise<TokenAnswer>;
};
