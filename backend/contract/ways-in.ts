import { type Static, Type } from "@sinclair/typebox";
import { Uuid } from "./ids.ts";

/** A way to sign in at this backend. */
export const WayIn = Type.Object({
	/** `password`, `google`, `github`, `microsoft`, `oidc`, `clerk`. */
	id: Type.String(),
	/** As a button says it: `Google`. */
	title: Type.String(),
});
export type WayIn = Static<typeof WayIn>;

/** `GET /api/v1/auth/ways`: for everyone, without a token. */
export const WayInList = Type.Object({ ways: Type.Array(WayIn) });
export type WayInList = Static<typeof WayInList>;

/** `POST /api/v1/users/me/accounts/link`: asks for the address of a window in which an upstream is linked. */
export const LinkStart = Type.Object(
	{
		provider: Type.String({ maxLength: 40 }),
		/** One of the client's registered redirects; the window ends there with `linked=<provider>` or `error`, and `state`. */
		redirectUri: Type.String({ maxLength: 300 }),
		state: Type.String({ minLength: 16, maxLength: 1024, pattern: "^[\\x20-\\x7e]+$" }),
	},
	{ additionalProperties: false },
);
export type LinkStart = Static<typeof LinkStart>;
export const LinkStarted = Type.Object({ url: Type.String() });
export type LinkStarted = Static<typeof LinkStarted>;

/** `POST /api/v1/users/me/password`: sets a first password, or changes the one there is (`current` is then needed). */
export const PasswordChange = Type.Object(
	{ current: Type.Optional(Type.String({ maxLength: 1024 })), password: Type.String({ maxLength: 1024 }) },
	{ additionalProperties: false },
);
export type PasswordChange = Static<typeof PasswordChange>;

/**
 * `POST /api/v1/auth/exchange/{google|github|clerk}` with a DPoP proof for that address: a token of the provider (Google's ID
 * token, GitHub's access token, Clerk's session token) opens a session of this device. The answer is the token endpoint's.
 */
export const TokenExchange = Type.Object(
	{
		token: Type.String({ minLength: 1, maxLength: 8192 }),
		deviceId: Type.Optional(Uuid),
		deviceName: Type.Optional(Type.String({ maxLength: 120 })),
	},
	{ additionalProperties: false },
);
export type TokenExchange = Static<typeof TokenExchange>;

/** RFC 6749 §5.1, in its own spelling. */
export const TokenAnswer = Type.Object({
	access_token: Type.String(),
	token_type: Type.Literal("Bearer"),
	expires_in: Type.Integer(),
	refresh_token: Type.Optional(Type.String()),
});
export type TokenAnswer = Static<typeof TokenAnswer>;

/** `POST /api/v1/auth/github/device-code` (ID-4): GitHub's answer, RFC 8628 §3.2. */
export const GithubDeviceCode = Type.Object({
	deviceCode: Type.String(),
	userCode: Type.String(),
	verificationUri: Type.String(),
	expiresInSeconds: Type.Integer(),
	intervalSeconds: Type.Integer(),
});
export type GithubDeviceCode = Static<typeof GithubDeviceCode>;

/** `POST /api/v1/auth/github/device-token`: asked again every `intervalSeconds` while `pending`. */
export const GithubDevicePoll = Type.Object(
	{ deviceCode: Type.String({ minLength: 1, maxLength: 200 }) },
	{ additionalProperties: false },
);
export type GithubDevicePoll = Static<typeof GithubDevicePoll>;
export const GithubDeviceToken = Type.Union([
	Type.Object({ status: Type.Literal("pending"), intervalSeconds: Type.Integer() }),
	Type.Object({ status: Type.Union([Type.Literal("expired"), Type.Literal("denied")]) }),
	/** For `POST /api/v1/auth/exchange/github`. */
	Type.Object({ status: Type.Literal("granted"), accessToken: Type.String() }),
]);
export type GithubDeviceToken = Static<typeof GithubDeviceToken>;
