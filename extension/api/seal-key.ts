import { ApiFailure, unreadableAnswer } from "./api-failure.ts";
import type { Client } from "./client.ts";
import { writeSealKey } from "./session-database.ts";

/** AES-256. */
const keyBytes = 32;

/**
 * The key that this person's records are sealed with on this device at sign-out (ID-8). It can seal and open and not be read; the
 * bytes it came as are kept nowhere. Only that person's next sign-in brings it here again. @throws ApiFailure
 */
async function requestSealKey(client: Pick<Client, "deviceKey">): Promise<CryptoKey> {
	const { key } = await client.deviceKey();
	const bytes = bytesOf(key);
	if (bytes.length !== keyBytes) throw unreadableAnswer(null);
	return await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** null when it cannot be had now: nobody is kept from their work for the sake of a later sign-out. */
export async function sealKeyIfThere(client: Pick<Client, "deviceKey">): Promise<CryptoKey | null> {
	return await requestSealKey(client).catch((error: unknown) => {
		if (error instanceof ApiFailure) return null;
		throw error;
	});
}

function bytesOf(base64Url: string): Uint8Array<ArrayBuffer> {
	try {
		return Uint8Array.from(atob(base64Url.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
	} catch (cause) {
		throw unreadableAnswer(cause);
	}
}

/**
 * Stands in for the server's key when there is none: an older session that was never online again. It stays on this device until
 * those records are opened, so it keeps them from every surface and not from somebody who takes the profile's files apart.
 */
export async function makeDeviceKey(userId: string): Promise<CryptoKey> {
	const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
	await writeSealKey(userId, "device", key);
	return key;
}
