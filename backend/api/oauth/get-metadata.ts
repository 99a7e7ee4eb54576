import { Elysia } from "elysia";
import type { RouteDeps } from "../app-deps.ts";
import { grants } from "./grants/registry.ts";

/** RFC 8414: where everything is, and what is supported. Clients find every other OAuth address here. */
export function getMetadata({ identity: { issuer } }: RouteDeps) {
	const metadata = {
		issuer,
		authorization_endpoint: `${issuer}/oauth/authorize`,
		token_endpoint: `${issuer}/oauth/token`,
		device_authorization_endpoint: `${issuer}/oauth/device_authorization`,
		revocation_endpoint: `${issuer}/oauth/revoke`,
		jwks_uri: `${issuer}/oauth/jwks`,
		response_types_supported: ["code"],
		response_modes_supported: ["query"],
		grant_types_supported: grants.map(({ type }) => type),
		code_challenge_methods_supported: ["S256"],
		token_endpoint_auth_methods_supported: ["none"],
		revocation_endpoint_auth_methods_supported: ["none"],
		dpop_signing_alg_values_supported: ["ES256"],
		authorization_response_iss_parameter_supported: true,
		prompt_values_supported: ["none", "login", "select_account"],
	};
	return new Elysia().get("/.well-known/oauth-authorization-server", () => metadata, {
		detail: { tags: ["oauth"], summary: "Authorization server metadata (RFC 8414)" },
	});
}
