import type { IdentityContext } from "../context.ts";
import { opensWindow, redeemLink } from "./email-challenges.ts";
import { proveAddress } from "./reset.ts";
import { makeProven } from "./sign-up.ts";

/** `made`: the account is there now. `confirmed`: it was there, and its address is proven. `taken`: somebody else proved it meanwhile. */
export type Confirmed = "made" | "confirmed" | "taken";

/** The button behind a letter's link, where no password is asked for. Null when the link is not good (any more). */
export async function confirmByLink(context: IdentityContext, link: string): Promise<Confirmed | null> {
	return await redeemLink(context, link, async (sql, challenge) => {
		if (opensWindow(challenge)) return (await makeProven(context, sql, challenge)) === null ? "taken" : "made";
		const { userId, email } = challenge;
		if (userId === null) return "taken";
		return (await proveAddress(sql, { userId, email, now: new Date(context.now()) })) ? "confirmed" : "taken";
	});
}
