/**
 * OWASP's smallest argon2id setting that resists a GPU; about 20 ms and 19 MiB per check on a small machine. The one place where it
 * is set: hashes made with another one are renewed at the next sign-in.
 */
const argon2id = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;
const currentForm = `$argon2id$v=19$m=${argon2id.memoryCost},t=${argon2id.timeCost},p=1$`;

/** ASVS 5.0, 6.2.1 and 6.2.9: at least 8 characters, and long ones are welcome. The upper bound is the hash's cost. */
export const minPasswordLength = 8;
export const maxPasswordLength = 256;

/** Counted in characters as a person sees them, not in UTF-16 units. */
export function passwordLength(password: string): number {
	return Array.from(normal(password)).length;
}

/** Whether anybody could have set it: one that is too short or too long is not worth the cost of hashing. */
export function isPossiblePassword(password: string): boolean {
	const length = passwordLength(password);
	return length >= minPasswordLength && length <= maxPasswordLength;
}

/** Whether this hash was made with other parameters than hashes are made with now. */
export function isOutdatedHash(hash: string): boolean {
	return !hash.startsWith(currentForm);
}

/** argon2id in PHC form, with its own salt. */
export async function hashPassword(password: string): Promise<string> {
	return await Bun.password.hash(normal(password), argon2id);
}

/**
 * Whether the password fits. With no hash to compare (no such person) it works just as long for its "no", so that the
 * time of the answer does not tell who has an account.
 */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
	decoy ??= hashPassword(crypto.randomUUID());
	const fits = await Bun.password.verify(normal(password), hash ?? (await decoy));
	return fits && hash !== null;
}

let decoy: Promise<string> | undefined;

/** The same characters can be typed as different code points on different keyboards (RFC 8265 §4.2.1). */
function normal(password: string): string {
	return password.normalize("NFC");
}
