import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify } from "jose";
import type { IdentityContext } from "./context.ts";
import { OAuthError } from "./oauth-error.ts";
import { tokenHash } from "./opaque-tokens.ts";

/**
 * How far a proof's `iat` may be from our clock, either way. People's clocks are wrong by minutes more often than one
 * thinks; within the window each proof is good once, so a wide window costs rows and not safety.
 */
const proofWindowSeconds = 300;
const maxProofLength = 4_096;

/** The request a proof has to be made for. `url` is the public address, whatever host the socket saw. */
export type ProvenRequest = { method: string; url: string };

/**
 * Checks a DPoP proof (RFC 9449 §4.3) and records it, so that it is good once.
 *
 * @returns the RFC 7638 thumbprint of the key that signed it.
 * @throws OAuthError `invalid_dpop_proof`.
 */
export async function acceptProof(
	context: IdentityContext,
	proof: string | null,
	request: ProvenRequest,
): Promise<string> {
	if (proof === null) throw refused("a DPoP proof is required");
	const { thumbprint, jti } = await checkedProof(context, proof, request);
	const fresh = await context.asIdentity(async (sql) => {
		const rows = await sql`
			insert into sheaf.dpop_proofs (proof_hash, expires_at)
			values (${tokenHash(`${thumbprint}\n${jti}`)}, ${new Date(context.now() + 2 * proofWindowSeconds * 1_000)})
			on conflict do nothing returning proof_hash`;
		return rows.length === 1;
	});
	if (!fresh) throw refused("the proof was used before");
	return thumbprint;
}

async function checkedProof(context: IdentityContext, proof: string, request: ProvenRequest) {
	if (proof.length > maxProofLength) throw refused("the proof is too long");
	const { payload, protectedHeader } = await verified(context, proof);
	const { htm, htu, iat, jti } = payload;
	if (htm !== request.method) throw refused("htm does not name this method");
	if (typeof htu !== "string" || !sameAddress(htu, request.url)) throw refused("htu does not name this address");
	if (typeof iat !== "number" || Math.abs(context.now() / 1_000 - iat) > proofWindowSeconds) {
		throw refused("iat is too far from the time of the server");
	}
	if (typeof jti !== "string" || jti.length < 1 || jti.length > 256) throw refused("jti is missing or too long");
	if (!protectedHeader.jwk) throw refused("jwk is missing");
	return { jti, thumbprint: await calculateJwkThumbprint(protectedHeader.jwk) };
}

async function verified(context: IdentityContext, proof: string) {
	try {
		// The key comes with the proof; `EmbeddedJWK` takes only a public one, and the algorithm is pinned.
		return await jwtVerify(proof, EmbeddedJWK, {
			typ: "dpop+jwt",
			algorithms: ["ES256"],
			currentDate: new Date(context.now()),
		});
	} catch (error) {
		if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException) {
			throw refused("the proof is not a valid dpop+jwt signed with ES256");
		}
		throw error;
	}
}

/** RFC 9449 §4.3: compared without query and fragment, after the usual normalisation. */
function sameAddress(htu: string, expected: string): boolean {
	if (!URL.canParse(htu)) return false;
	const claimed = new URL(htu);
	const own = new URL(expected);
	return claimed.origin === own.origin && claimed.pathname === own.pathname && claimed.username === "";
}

function refused(description: string): OAuthError {
	return new OAuthError("invalid_dpop_proof", description);
}
