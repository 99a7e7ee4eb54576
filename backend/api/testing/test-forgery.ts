import { decodeJwt, decodeProtectedHeader, importJWK, type JWTHeaderParameters, SignJWT } from "jose";
import type { TestBackend } from "./test-backend.ts";

export type TokenChanges = { claims?: Record<string, unknown>; header?: Record<string, unknown> };

/**
 * A good token once more, with parts of it changed and signed with the backend's own key, which only a test can open: what is
 * wrong with it is what was changed, and nothing else. A claim set to undefined is left out.
 */
export async function signAnew(
	{ deps, testDatabase }: Pick<TestBackend, "deps" | "testDatabase">,
	token: string,
	{ claims = {}, header = {} }: TokenChanges,
): Promise<string> {
	const { alg = "ES256", ...rest } = decodeProtectedHeader(token);
	const known: JWTHeaderParameters = { ...rest, alg };
	const [row] = await testDatabase.database.asIdentity(
		(sql) => sql<{ privateJwe: string }[]>`
			select private_jwe from sheaf.signing_keys where kid = ${known.kid ?? null}`,
	);
	if (!row) throw new Error("The token was not signed by this backend.");
	const key = await importJWK(await deps.vault.open(row.privateJwe), "ES256");
	// Without `crit` the library would not even sign what it does not know.
	return await new SignJWT({ ...decodeJwt(token), ...claims })
		.setProtectedHeader({ ...known, ...header })
		.sign(key, { crit: { "exp-is-a-wish": true } });
}

/** It ran out a moment ago. */
export async function expired(backend: Pick<TestBackend, "deps" | "testDatabase">, token: string): Promise<string> {
	const now = Math.floor(Date.now() / 1_000);
	return await signAnew(backend, token, { claims: { iat: now - 400, exp: now - 100 } });
}

/** It was made for another server. */
export async function forAnother(backend: Pick<TestBackend, "deps" | "testDatabase">, token: string): Promise<string> {
	return await signAnew(backend, token, { claims: { aud: "https://another.example" } });
}
