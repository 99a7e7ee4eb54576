import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Vault } from "../vault/vault.ts";

const Sealed = Type.Object({ url: Type.String(), secret: Type.Optional(Type.String()) });

/** Where a hook is told, as it was sealed; without a secret its messages are not signed. */
export async function openAddress(
	vault: Pick<Vault, "open">,
	addressJwe: string,
): Promise<{ url: string; secret: string | null }> {
	const opened = await vault.open(addressJwe);
	if (!Value.Check(Sealed, opened)) throw new Error("An event hook's envelope holds something else.");
	return { url: opened.url, secret: opened.secret ?? null };
}
