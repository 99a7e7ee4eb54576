import type { Vault } from "../vault/vault.ts";
import { keyIdOf } from "../vault/vault.ts";
import type { Tokens } from "./oauth/provider-tokens.ts";

/** How a credential stands in its row. Seconds from now; null: nothing is renewed, or it has no known end. */
export type StoredCredential = { sealed: string; kid: string; refreshIn: number | null; expiresIn: number | null };

/** A token is renewed this long before its end, or when three quarters of a short life are over. */
const refreshAheadSeconds = 600;

/** The values of a form, or of a consent, under the vault. */
export async function storedCredential(
	vault: Pick<Vault, "seal">,
	values: Readonly<Record<string, string>>,
	tokens: Tokens | null = null,
): Promise<StoredCredential> {
	const sealed = await vault.seal(values);
	const renews = tokens !== null && tokens.refreshToken !== null;
	const lifeSeconds = tokens?.expiresIn ?? null;
	return {
		sealed,
		kid: keyIdOf(sealed),
		refreshIn: renews && lifeSeconds !== null ? Math.max(lifeSeconds - refreshAheadSeconds, lifeSeconds * 0.75) : null,
		expiresIn: renews ? null : lifeSeconds,
	};
}

/** What a connector is handed: `token`; the refresh token stays with this room. */
export function valuesOf({ token, refreshToken }: Tokens): Record<string, string> {
	return { token, ...(refreshToken === null ? {} : { refreshToken }) };
}

/** What the vault gives back is what a form's values were sealed from: texts by name. */
export function textValues(opened: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(opened).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
	);
}
