import { randomBytes } from "node:crypto";
import type { TransactionSql } from "postgres";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import type { IdentityContext } from "./context.ts";

const keyBytes = 32;

/**
 * The key under which a device seals what its person could not send before signing out (ID-8): made on first need, the same at every
 * sign-in of that person on that device, and nobody else's.
 *
 * @returns 32 bytes as base64url.
 */
export async function readDeviceKey(context: IdentityContext, principal: Principal): Promise<string> {
	const { userId, deviceId } = principal;
	if (deviceId === null) throw new SheafError("auth/session-revoked", "This device was signed out. Sign in again.");
	const device = { userId, deviceId };
	const known = await context.asIdentity((sql) => selectKey(sql, device));
	return await opened(context, known ?? (await makeKey(context, device)));
}

type Device = { userId: string; deviceId: string };

async function makeKey(context: IdentityContext, { userId, deviceId }: Device): Promise<string> {
	const sealed = await context.vault.seal({ key: randomBytes(keyBytes).toString("base64url") });
	const made = await context.asIdentity(async (sql) => {
		// Of two windows that ask at once, both get the key of the faster.
		await sql`
			insert into sheaf.device_keys (user_id, device_id, key_jwe) values (${userId}, ${deviceId}, ${sealed})
			on conflict do nothing`;
		return await selectKey(sql, { userId, deviceId });
	});
	if (made === null) throw new Error("A device's key was inserted and not found.");
	return made;
}

async function selectKey(sql: TransactionSql, { userId, deviceId }: Device): Promise<string | null> {
	const [row] = await sql<{ keyJwe: string }[]>`
		select key_jwe from sheaf.device_keys where user_id = ${userId} and device_id = ${deviceId}`;
	return row?.keyJwe ?? null;
}

async function opened({ vault }: IdentityContext, sealed: string): Promise<string> {
	const content = await vault.open(sealed);
	if (!("key" in content) || typeof content.key !== "string") throw new TypeError("A device's key has no key in it.");
	return content.key;
}
