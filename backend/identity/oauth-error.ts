/** Error codes of RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6, RFC 9449 §5, RFC 8628 §3.5 and RFC 8707 §2. */
export type OAuthErrorCode =
	| "invalid_request"
	| "invalid_client"
	| "invalid_grant"
	| "unauthorized_client"
	| "unsupported_grant_type"
	| "unsupported_response_type"
	| "invalid_dpop_proof"
	| "invalid_target"
	| "authorization_pending"
	| "slow_down"
	| "access_denied"
	| "expired_token"
	| "server_error"
	| "temporarily_unavailable"
	| "login_required"
	| "interaction_required"
	| "request_not_supported"
	| "request_uri_not_supported";

/** A failure that an OAuth endpoint answers in the RFCs' own form instead of Sheaf's. */
export class OAuthError extends Error {
	override readonly name = "OAuthError";
	readonly code: OAuthErrorCode;

	/** @param description for the client's developer; ASCII without quotes (RFC 6749 §5.2) */
	constructor(code: OAuthErrorCode, description: string) {
		super(description);
		this.code = code;
	}
}
