import type { PasswordWay } from "../../identity/password/password-way.ts";
import { hasNobody } from "../../identity/people.ts";
import { type Screen, screenOf, screenParameter } from "./destination.ts";

/**
 * Which form is in front. On a backend that its own person has just started nobody can sign in yet: there it is the sign-up. Elsewhere
 * it would tell strangers that nobody is here.
 */
export async function firstScreen(
	{ identity, verifiesEmail }: Pick<PasswordWay, "identity" | "verifiesEmail">,
	parameters: URLSearchParams,
): Promise<Screen> {
	if (parameters.has(screenParameter) || verifiesEmail) return screenOf(parameters);
	return (await hasNobody(identity)) ? "sign-up" : "sign-in";
}
