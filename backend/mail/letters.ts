import { type Addressed, composeLetter } from "./compose.ts";
import type { Letter } from "./mail.ts";

/** What a letter brings: a code for the window that waits, and a link that does without it. */
export type Proof = { code: string; link: string; minutes: number };

/** Somebody creates an account with an address that nobody has. */
export function signUpLetter(addressed: Addressed, { code, link, minutes }: Proof): Letter {
	return composeLetter(addressed, {
		subject: "Confirm your e-mail for Sheaf",
		parts: [
			"You are creating a Sheaf account with this e-mail address. Type this code in the window that asks for it:",
			{ code },
			"Or confirm by a link:",
			{ label: "Confirm this address", link },
			`Both are good once, for ${minutes} minutes.`,
			"If this was not you, do nothing: without the code or the link there will be no account. Give the code to nobody.",
		],
	});
}

/** Somebody wants to create an account, and there is one. */
export function accountExistsLetter(addressed: Addressed, ways: readonly string[], reset: LinkOnly | null): Letter {
	const how = ways.length === 0 ? "" : ` You sign in with ${listed(ways)}.`;
	return composeLetter(addressed, {
		subject: "You have a Sheaf account already",
		parts: [
			`Somebody, probably you, wanted to create a Sheaf account with this e-mail address. You have one.${how}`,
			...(reset === null
				? []
				: [
						"If you do not know the password any more, set a new one:",
						{ label: "Set a new password", link: reset.link },
						`The link is good once, for ${reset.minutes} minutes.`,
					]),
			"If this was not you, do nothing: nothing was changed.",
		],
	});
}

/** Somebody forgot a password that there is. */
export function resetLetter(addressed: Addressed, { code, link, minutes }: Proof): Letter {
	return composeLetter(addressed, {
		subject: "Set a new password for Sheaf",
		parts: [
			"You asked to set a new password for Sheaf. Type this code in the window that asks for it:",
			{ code },
			"Or set it on the page behind this link:",
			{ label: "Set a new password", link },
			`Both are good once, for ${minutes} minutes.`,
			"If this was not you, do nothing: your password stays as it is. Give the code to nobody.",
		],
	});
}

/** Somebody forgot a password of an account that has none. */
export function noPasswordLetter(addressed: Addressed, ways: readonly string[]): Letter {
	return composeLetter(addressed, {
		subject: "Your Sheaf account has no password",
		parts: [
			`Somebody, probably you, asked to set a new password for Sheaf. Your account has none: you sign in with ${listed(ways)}.`,
			"Once you are signed in you can set a password in the extension: Options, then Account.",
			"If this was not you, do nothing: nothing was changed.",
		],
	});
}

/** Somebody forgot a password, and there is no account. */
export function noAccountLetter(addressed: Addressed): Letter {
	return composeLetter(addressed, {
		subject: "There is no Sheaf account with this address",
		parts: [
			"Somebody, probably you, asked to set a new password for Sheaf. There is no account with this e-mail address: perhaps you used another one, or signed in another way.",
			"If this was not you, do nothing.",
		],
	});
}

/** An account was made at once, and whose address it is was not proven. */
export function confirmLetter(addressed: Addressed, { link, hours }: { link: string; hours: number }): Letter {
	return composeLetter(addressed, {
		subject: "Confirm your e-mail for Sheaf",
		parts: [
			"You created a Sheaf account with this e-mail address. Confirm that it is yours:",
			{ label: "Confirm this address", link },
			`The link is good once, for ${hours} hours.`,
			"If this was not you, do nothing.",
		],
	});
}

/** A password was set or changed: whoever did not do it has to hear of it (ASVS 5.0, 6.3.7). */
export function passwordChangedLetter(addressed: Addressed, signedOut: "everywhere" | "elsewhere"): Letter {
	const where = signedOut === "everywhere" ? "everywhere" : "on all your other devices";
	return composeLetter(addressed, {
		subject: "Your Sheaf password was changed",
		parts: [
			`The password of your Sheaf account was changed just now, and you were signed out ${where}. What you saved is where it was.`,
			"If this was not you, somebody else may have your password or read your e-mail: set a new one with “Forgot your password?” on the sign-in page, and change the password of your e-mail account.",
		],
	});
}

type LinkOnly = Pick<Proof, "link" | "minutes">;

function listed(ways: readonly string[]): string {
	return ways.length < 2 ? (ways[0] ?? "another way") : `${ways.slice(0, -1).join(", ")} or ${ways.at(-1)}`;
}
