import { minPasswordLength } from "../passwords.ts";

let loading: Promise<ReadonlySet<string>> | undefined;

/**
 * Whether it is among the most common passwords, in any case. The list (17,950 of an acceptable length; ASVS asks for 3,000) is
 * loaded by the first who asks: 45 ms and 6 MB, which a backend without passwords does without.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
	loading ??= load();
	return (await loading).has(password.toLowerCase());
}

async function load(): Promise<ReadonlySet<string>> {
	const { dictionary } = await import("@zxcvbn-ts/language-common");
	return new Set(dictionary["passwords-common"].filter((password) => password.length >= minPasswordLength));
}
