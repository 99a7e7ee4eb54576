import { SignJWT } from "jose";

/** A P-256 pair whose private half can sign and cannot be read, not even by us. */
export async function createProofKey(): Promise<CryptoKeyPair> {
	return await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
}

/** A DPoP proof (RFC 9449 §4.2) for one POST to `url`; good once and for minutes. */
export async function proofFor(url: string, key: CryptoKeyPair): Promise<string> {
	const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", key.publicKey);
	// Only the members that make the key: RFC 7638 thumbprints are taken over these.
	const jwk = { kty: kty ?? "EC", crv: crv ?? "P-256", x: x ?? "", y: y ?? "" };
	const { origin, pathname } = new URL(url);
	return await new SignJWT({ htm: "POST", htu: `${origin}${pathname}` })
		.setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk })
		.setJti(crypto.randomUUID())
		.setIssuedAt()
		.sign(key.privateKey);
}
