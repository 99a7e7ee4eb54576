import { type Said, say } from "../../words/say.ts";
import { maxPasswordLength, minPasswordLength, passwordLength } from "../passwords.ts";
import type { BreachedPasswords } from "./breached-passwords.ts";
import { isCommonPassword } from "./frequent-passwords.ts";

/** Why a password is not taken. */
export type PasswordProblem = "too-short" | "too-long" | "common" | "obvious" | "breached";

/** What the person reads: what is wrong with it and what would do. */
export const passwordProblems: Readonly<Record<PasswordProblem, Said>> = {
	"too-short": say("Use at least {min} characters. Any will do; a few words are easy to remember.", {
		min: minPasswordLength,
	}),
	"too-long": say("Use at most {max} characters.", { max: maxPasswordLength }),
	common: say("That is one of the passwords that are guessed first. Choose another, for example a few words."),
	obvious: say(
		"That is mostly your e-mail address or Sheaf’s name, which is guessed first. Choose another, for example a few words.",
	),
	breached: say("That password was published in a data breach somewhere, so it is guessed early. Choose another."),
};

/** Judges a password that somebody wants to use. Null: it may be used. */
export type PasswordRules = (password: string, email: string) => Promise<PasswordProblem | null>;

/** Words of the place: whoever guesses at this one begins with them (ASVS 5.0, 6.1.2). */
const placeWords = ["sheaf", "extension", "capture", "password"];
const shortestWord = 3;
/** What is left of a password without such words has to be something. */
const leastOwnCharacters = 5;

/** @param isBreached null where the operator names no list */
export function createPasswordRules(isBreached: BreachedPasswords | null): PasswordRules {
	return async (password, email) => {
		const length = passwordLength(password);
		if (length < minPasswordLength) return "too-short";
		if (length > maxPasswordLength) return "too-long";
		if (await isCommonPassword(password)) return "common";
		if (isObvious(password, email)) return "obvious";
		return isBreached !== null && (await isBreached(password)) ? "breached" : null;
	};
}

function isObvious(password: string, email: string): boolean {
	const [local = "", domain = ""] = email.toLowerCase().split("@");
	const words = [email.toLowerCase(), local, ...local.split(/[^\p{L}\p{N}]+/u), ...domain.split("."), ...placeWords]
		.filter((word) => word.length >= shortestWord)
		.toSorted((a, b) => b.length - a.length);
	let rest = password.toLowerCase();
	for (const word of words) rest = rest.replaceAll(word, "");
	return Array.from(rest).length < leastOwnCharacters;
}
