import { createHash, randomBytes } from "node:crypto";

/** 256 random bits as base64url: 43 characters that mean nothing to anyone but this backend. */
export function randomToken(): string {
	return randomBytes(32).toString("base64url");
}

/** What is kept of a token. It needs no salt or slow hash: 256 random bits cannot be guessed from their digest. */
export function tokenHash(token: string): Buffer {
	return createHash("sha256").update(token).digest();
}
