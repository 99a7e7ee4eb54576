import { createHash } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import type { AccessClaims } from "./access-tokens.ts";
import type { IdentityContext } from "./context.ts";

export type VerifyToken = (token: string) => Promise<AccessClaims>;

type Verified = { claims: AccessClaims; kid: string; expiresAt: number };

/** About 5 MB. Losing one costs a signature's mathematics. */
const maxRemembered = 10_000;

/**
 * Asks `verify` once for each token and not once for each request: a shape is asked for again and again with one token, and its signature
 * is most of what the gate costs. What may change is asked every time: whether the token has run out and whether its key is still
 * published; whether the session stands is another question (`session-standing.ts`). Tokens are kept as digests.
 *
 * @returns as `verify` does, and rejects as it does; a refusal is not remembered
 */
export function rememberVerified(
	{ keys, now }: Pick<IdentityContext, "keys" | "now">,
	verify: VerifyToken,
): VerifyToken {
	const remembered = new Map<string, Verified>();
	return async (token) => {
		const digest = createHash("sha256").update(token).digest("base64");
		const known = remembered.get(digest);
		if (known && known.expiresAt > now() && (await keys.publicKey(known.kid)) !== null) return known.claims;
		remembered.delete(digest);
		const claims = await verify(token);
		remembered.set(digest, {
			claims,
			kid: decodeProtectedHeader(token).kid ?? "",
			expiresAt: (decodeJwt(token).exp ?? 0) * 1_000,
		});
		const [oldest] = remembered.keys();
		if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
		return claims;
	};
}
