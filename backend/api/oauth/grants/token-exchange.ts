import type { ErrorCode } from "../../../contract/errors.ts";
import { SheafError } from "../../../errors.ts";
import { OAuthError } from "../../../identity/oauth-error.ts";
import type { ClientParameters } from "../client-request.ts";
import { asciiOf } from "../oauth-answer.ts";
import type { Grant } from "./grant.ts";

const types = "urn:ietf:params:oauth:token-type";
const accessTokenType = `${types}:access_token`;

/** What kind of token each provider's is (RFC 8693 §3). */
const subjectTypes: Readonly<Record<string, readonly string[]>> = {
	google: [`${types}:id_token`],
	github: [accessTokenType],
	clerk: [`${types}:jwt`],
};

/**
 * RFC 8693: a token of a provider opens a session of this device (ID-4). `provider` says whose token it is, because an opaque one does
 * not; `device_id` and `device_name` as with a code. Nobody acts for somebody else here, and all tokens are for this backend.
 */
export const tokenExchange: Grant = {
	type: "urn:ietf:params:oauth:grant-type:token-exchange",
	redeem: async ({ identity, exchange }, { parameters, ...asker }) => {
		const provider = checkedProvider(parameters, exchange.takes);
		refuseWishes(parameters, identity.issuer);
		const token = parameters.required("subject_token");
		const device = { id: parameters.optional("device_id"), name: parameters.optional("device_name") };
		try {
			const answer = await exchange.run({ ...asker, provider, token, device });
			// RFC 8693 §2.2.1 asks for it: what was issued need not be what was shown.
			return { ...answer, issued_token_type: accessTokenType };
		} catch (error) {
			throw error instanceof SheafError ? asRfc(error) : error;
		}
	},
};

function checkedProvider(parameters: ClientParameters, takes: (provider: string) => boolean): string {
	const provider = parameters.required("provider");
	const type = parameters.required("subject_token_type");
	if (!takes(provider)) throw new OAuthError("invalid_request", "no tokens of this provider are taken here");
	if (subjectTypes[provider]?.includes(type)) return provider;
	throw new OAuthError("invalid_request", "subject_token_type does not fit the provider");
}

function refuseWishes(parameters: ClientParameters, issuer: string): void {
	if (parameters.optional("actor_token") !== null || parameters.optional("actor_token_type") !== null) {
		throw new OAuthError("invalid_request", "nobody can act for somebody else here");
	}
	if ((parameters.optional("requested_token_type") ?? accessTokenType) !== accessTokenType) {
		throw new OAuthError("invalid_request", "only access tokens are issued");
	}
	for (const name of ["audience", "resource"]) {
		if ((parameters.optional(name) ?? issuer) === issuer) continue;
		throw new OAuthError("invalid_target", "tokens are issued for this server only");
	}
}

/** RFC 8693 §2.2.2: a subject token that is invalid, or not acceptable, is `invalid_request`. */
const aboutTheToken: ReadonlySet<ErrorCode> = new Set([
	"auth/token-expired",
	"auth/upstream-refused",
	"auth/email-in-use",
]);

/** Our own code leads the description; what is none of the token's fault is answered as everywhere. */
function asRfc(error: SheafError): Error {
	if (!aboutTheToken.has(error.code)) return error;
	return new OAuthError("invalid_request", `${error.code}: ${asciiOf(error.message)}`);
}
