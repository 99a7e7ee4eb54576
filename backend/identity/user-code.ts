import { randomInt } from "node:crypto";

/** RFC 8628 §6.1: consonants only, so that no word comes out, and none that is taken for another; 34 bits in eight of them. */
const letters = "BCDFGHJKLMNPQRSTVWXZ";
const form = new RegExp(`^[${letters}]{8}$`);

/** A code that a person can read from one screen and type into another: `WDJB-MJHT`. */
export function makeUserCode(): string {
	return shown(Array.from({ length: 8 }, () => letters.charAt(randomInt(letters.length))).join(""));
}

/** What a person typed, in the form of `makeUserCode`, whatever they did with case, spaces and dashes; null when it can be none. */
export function normalUserCode(typed: string): string | null {
	const code = typed.toUpperCase().replaceAll(/[\s-]/g, "");
	return form.test(code) ? shown(code) : null;
}

function shown(code: string): string {
	return `${code.slice(0, 4)}-${code.slice(4)}`;
}
