import type { Static } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { TokenAnswer, TokenExchange } from "../../contract/ways-in.ts";
import { SheafError } from "../../errors.ts";
import { acceptProof } from "../../identity/dpop.ts";
import { OAuthError } from "../../identity/oauth-error.ts";
import type { RouteDeps } from "../app-deps.ts";

/** Only the extension and what is built like it ask here; the command line has the device grant. */
const clientId = "sheaf-extension";

/**
 * Native exchange (ID-4, ID-5): a token that the client got from a provider by itself opens a session of this device. The refresh token
 * is bound to the key of the DPoP proof, which is made for the very address.
 */
export function postExchange({ identity, exchange }: RouteDeps) {
	const answer = async (provider: string, request: Request, body: Static<typeof TokenExchange>) => {
		const url = `${identity.issuer}/api/v1/auth/exchange/${provider}`;
		await identity.sweep();
		try {
			const dpopThumbprint = await acceptProof(identity, request.headers.get("dpop"), { method: "POST", url });
			const device = { id: body.deviceId ?? null, name: body.deviceName ?? null };
			return await exchange.run({ provider, token: body.token, clientId, dpopThumbprint, device });
		} catch (error) {
			throw error instanceof OAuthError ? inOurForm(error) : error;
		}
	};
	const shape = (title: string) => ({
		body: TokenExchange,
		response: TokenAnswer,
		detail: { tags: ["auth"], summary: `Tokens for ${title}, with a DPoP proof` },
	});
	return new Elysia()
		.post(
			"/api/v1/auth/exchange/google",
			({ request, body }) => answer("google", request, body),
			shape("an ID token of Google"),
		)
		.post(
			"/api/v1/auth/exchange/github",
			({ request, body }) => answer("github", request, body),
			shape("an access token of GitHub"),
		)
		.post(
			"/api/v1/auth/exchange/clerk",
			({ request, body }) => answer("clerk", request, body),
			shape("a session token of Clerk"),
		);
}

/** The API has one form for failures, and the token endpoint the RFCs'. */
function inOurForm({ code, message }: OAuthError): SheafError {
	if (code === "invalid_dpop_proof")
		return new SheafError("auth/proof-invalid", `The DPoP proof was not accepted: ${message}.`);
	return new SheafError("request/invalid", `The request is not right: ${message}.`);
}
