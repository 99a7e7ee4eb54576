import { Elysia } from "elysia";
import { acceptProof } from "../../identity/dpop.ts";
import type { Identity } from "../../identity/identity.ts";
import { OAuthError } from "../../identity/oauth-error.ts";
import { grantForCode, grantForRefresh, type TokenAnswer } from "../../identity/tokens.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { answerClient, type ClientParameters } from "./client-request.ts";

/**
 * The token endpoint (RFC 6749 §3.2) with DPoP (RFC 9449 §5). With a code, `device_id` (a UUID) and `device_name` may
 * come along: they name the session in the person's list of devices. With a refresh token, `workspace_id` asks for a
 * token for another of the person's workspaces.
 */
export function postToken({ identity }: RouteDeps) {
	return new Elysia().post(
		"/oauth/token",
		async ({ request, body, set, server }) => {
			await identity.sweep();
			const call = { request, body, set, address: clientAddress(server, request) };
			return await answerClient(identity, call, async (parameters, clientId) => {
				const grant = grants.get(parameters.required("grant_type"));
				if (!grant) throw new OAuthError("unsupported_grant_type", "use authorization_code or refresh_token");
				const proof = request.headers.get("dpop");
				const url = `${identity.issuer}/oauth/token`;
				const dpopThumbprint = await acceptProof(identity, proof, { method: "POST", url });
				return await grant(identity, parameters, { clientId, dpopThumbprint });
			});
		},
		{ detail: { tags: ["oauth"], summary: "Tokens for a code or a refresh token, with a DPoP proof" } },
	);
}

type Proven = { clientId: string; dpopThumbprint: string };
type Grant = (identity: Identity, parameters: ClientParameters, proven: Proven) => Promise<TokenAnswer>;

const grants: ReadonlyMap<string, Grant> = new Map<string, Grant>([
	[
		"authorization_code",
		(identity, parameters, proven) =>
			grantForCode(identity, {
				...proven,
				code: parameters.required("code"),
				redirectUri: parameters.required("redirect_uri"),
				codeVerifier: parameters.required("code_verifier"),
				device: { id: parameters.optional("device_id"), name: parameters.optional("device_name") },
			}),
	],
	[
		"refresh_token",
		(identity, parameters, proven) =>
			grantForRefresh(identity, {
				...proven,
				refreshToken: parameters.required("refresh_token"),
				workspaceId: parameters.optional("workspace_id"),
			}),
	],
]);
