import { normalEmail } from "../people.ts";
import type { UpstreamIdentity } from "./upstream.ts";

/** The claims about a person that OpenID Connect Core §5.1 names, as they come: nothing of them is checked yet. */
export type PersonClaims = Readonly<Record<string, unknown>>;

type Told = Pick<UpstreamIdentity, "email" | "firstName" | "lastName" | "label">;

const maxNameLength = 100;
const maxLabelLength = 254;

/** Names and address from claims, in the form that is stored. Some issuers tell one name only; its first word is then the first name. */
export function toldBy(claims: PersonClaims): Told {
	const email = normalEmail(textOf(claims["email"]));
	const name = textOf(claims["name"]);
	const [given, family] = [textOf(claims["given_name"]), textOf(claims["family_name"])];
	const { firstName, lastName } = given === "" && family === "" ? namesIn(name) : namesOf(given, family);
	const label = email ?? (textOf(claims["preferred_username"]) || name);
	return { email, firstName, lastName, label: short(label, maxLabelLength) };
}

/** One name taken apart; what a person corrects in their profile stays as they wrote it. */
export function namesIn(name: string): { firstName: string; lastName: string } {
	const [first = "", ...rest] = name.split(/\s+/);
	return namesOf(first, rest.join(" "));
}

function namesOf(first: string, last: string): { firstName: string; lastName: string } {
	return { firstName: short(first, maxNameLength), lastName: short(last, maxNameLength) };
}

/** Control characters have no place in a name, and PostgreSQL cannot store NUL. */
function textOf(value: unknown): string {
	return typeof value === "string" ? value.replaceAll(/\p{Cc}/gu, " ").trim() : "";
}

/** Counted in code points, as PostgreSQL does; cut in UTF-16 units, half a character could be left. */
function short(text: string, maxLength: number): string {
	return Array.from(text).slice(0, maxLength).join("");
}
