import { Elysia } from "elysia";
import { acceptProof } from "../../identity/dpop.ts";
import { OAuthError } from "../../identity/oauth-error.ts";
import type { RouteDeps } from "../app-deps.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { answerClient, refuseGrant } from "./client-request.ts";
import { grants } from "./grants/registry.ts";

/** The token endpoint (RFC 6749 §3.2) with DPoP (RFC 9449 §5). What each grant takes is in `grants/`. */
export function postToken(deps: RouteDeps) {
	const { identity } = deps;
	return new Elysia().post(
		"/oauth/token",
		async ({ request, body, set, server }) => {
			await identity.sweep();
			const call = { request, body, set, address: clientAddress(server, request) };
			return await answerClient(identity, call, async (parameters, client) => {
				const type = parameters.required("grant_type");
				const grant = grants.find((one) => one.type === type);
				if (!grant) throw new OAuthError("unsupported_grant_type", "the metadata lists the grants there are");
				refuseGrant(client, grant.type);
				const proof = request.headers.get("dpop");
				const url = `${identity.issuer}/oauth/token`;
				const dpopThumbprint = await acceptProof(identity, proof, { method: "POST", url });
				return await grant.redeem(deps, { parameters, clientId: client.id, dpopThumbprint });
			});
		},
		{ detail: { tags: ["oauth"], summary: "Tokens for a grant, with a DPoP proof" } },
	);
}
