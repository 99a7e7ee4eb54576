import { base64url, CompactEncrypt, compactDecrypt, decodeProtectedHeader } from "jose";

/** A 256-bit key that wraps the key of each envelope. `kid` is public: it stands in the header of what it sealed. */
export type MasterKey = { kid: string; key: Uint8Array };

export type Vault = {
	/** JWE compact serialisation of the object's JSON: a fresh content key (A256GCM) wrapped by the first master key. */
	seal(plaintext: object): Promise<string>;
	/** @throws VaultError when the envelope is not ours, was altered, or names a master key that is not configured */
	open(jwe: string): Promise<object>;
};

export type VaultErrorCode = "vault/key-unknown" | "vault/envelope-invalid" | "vault/master-key-invalid";

/** A defect or a wrong configuration, never a person's fault; the message names key ids and nothing else. */
export class VaultError extends Error {
	override readonly name = "VaultError";
	readonly code: VaultErrorCode;

	constructor(code: VaultErrorCode, message: string) {
		super(message);
		this.code = code;
	}
}

const masterKeyBytes = 32;

/**
 * @param masterKeys the first one seals, all of them open: a rotation prepends the new key, reseals, then drops the old
 */
export function createVault(masterKeys: readonly MasterKey[]): Vault {
	const sealing = checkedMasterKeys(masterKeys);
	const byKid = new Map(masterKeys.map((master) => [master.kid, master.key]));
	return {
		seal: (plaintext) =>
			new CompactEncrypt(new TextEncoder().encode(JSON.stringify(plaintext)))
				.setProtectedHeader({ alg: "A256GCMKW", enc: "A256GCM", kid: sealing.kid })
				.encrypt(sealing.key),
		open: async (jwe) => {
			const key = byKid.get(keyIdOf(jwe));
			if (key === undefined) {
				throw new VaultError("vault/key-unknown", `No master key with the id "${keyIdOf(jwe)}" is configured.`);
			}
			return await decrypted(jwe, key);
		},
	};
}

function checkedMasterKeys(masterKeys: readonly MasterKey[]): MasterKey {
	const [first] = masterKeys;
	if (first === undefined) throw new VaultError("vault/master-key-invalid", "At least one master key is needed.");
	for (const { kid, key } of masterKeys) {
		if (kid === "" || key.byteLength !== masterKeyBytes) {
			throw new VaultError("vault/master-key-invalid", `Master key "${kid}" must be ${masterKeyBytes} bytes long.`);
		}
	}
	if (new Set(masterKeys.map(({ kid }) => kid)).size !== masterKeys.length) {
		throw new VaultError("vault/master-key-invalid", "Two master keys have the same id.");
	}
	return first;
}

/** The id of the master key that an envelope is under: public, it stands in the header. @throws VaultError when it is none of ours */
export function keyIdOf(jwe: string): string {
	try {
		const { kid } = decodeProtectedHeader(jwe);
		if (typeof kid === "string") return kid;
	} catch {
		// Falls through: whatever jose disliked, to us it is not an envelope.
	}
	throw new VaultError("vault/envelope-invalid", "The envelope carries no key id.");
}

async function decrypted(jwe: string, key: Uint8Array): Promise<object> {
	try {
		// Both algorithms are pinned: an envelope may not choose how it is opened.
		const { plaintext } = await compactDecrypt(jwe, key, {
			keyManagementAlgorithms: ["A256GCMKW"],
			contentEncryptionAlgorithms: ["A256GCM"],
		});
		const value: unknown = JSON.parse(new TextDecoder().decode(plaintext));
		if (typeof value === "object" && value !== null) return value;
	} catch {
		// Falls through: jose's own message could quote parts of the envelope.
	}
	throw new VaultError(
		"vault/envelope-invalid",
		"The envelope could not be opened: it was altered or sealed elsewhere.",
	);
}

/** Reads `SHEAF_MASTER_KEYS`: comma-separated `kid:base64url`, the sealing key first. Null when it is malformed. */
export function parseMasterKeys(text: string): MasterKey[] | null {
	const keys: MasterKey[] = [];
	for (const entry of text.split(",")) {
		const match = /^([A-Za-z0-9_-]{1,40}):([A-Za-z0-9_-]{43})$/.exec(entry.trim());
		const [, kid, encoded] = match ?? [];
		if (kid === undefined || encoded === undefined) return null;
		keys.push({ kid, key: base64url.decode(encoded) });
	}
	return keys;
}
