import { type OneOf, say } from "../words/say.ts";
import { type Addressed, composeLetter } from "./compose.ts";
import type { Letter } from "./mail.ts";

/** What a letter brings: a code for the window that waits, and a link that does without it. */
export type Proof = { code: string; link: string; minutes: number };

/** Somebody creates an account with an address that nobody has. */
export function signUpLetter(addressed: Addressed, { code, link, minutes }: Proof): Letter {
	return composeLetter(addressed, {
		subject: say("Confirm your e-mail for Sheaf"),
		parts: [
			say("You are creating a Sheaf account with this e-mail address. Type this code in the window that asks for it:"),
			{ code },
			say("Or confirm by a link:"),
			{ label: say("Confirm this address"), link },
			say("Both are good once, for {minutes} minutes.", { minutes }),
			say(
				"If this was not you, do nothing: without the code or the link there will be no account. Give the code to nobody.",
			),
		],
	});
}

/** Somebody wants to create an account, and there is one. */
export function accountExistsLetter(addressed: Addressed, ways: OneOf["oneOf"], reset: LinkOnly | null): Letter {
	return composeLetter(addressed, {
		subject: say("You have a Sheaf account already"),
		parts: [
			ways.length === 0
				? say("Somebody, probably you, wanted to create a Sheaf account with this e-mail address. You have one.")
				: say(
						"Somebody, probably you, wanted to create a Sheaf account with this e-mail address. You have one: you sign in with {ways}.",
						{ ways: { oneOf: ways } },
					),
			...(reset === null
				? []
				: [
						say("If you do not know the password any more, set a new one:"),
						{ label: say("Set a new password"), link: reset.link },
						say("The link is good once, for {minutes} minutes.", { minutes: reset.minutes }),
					]),
			say("If this was not you, do nothing: nothing was changed."),
		],
	});
}

/** Somebody forgot a password that there is. */
export function resetLetter(addressed: Addressed, { code, link, minutes }: Proof): Letter {
	return composeLetter(addressed, {
		subject: say("Set a new password for Sheaf"),
		parts: [
			say("You asked to set a new password for Sheaf. Type this code in the window that asks for it:"),
			{ code },
			say("Or set it on the page behind this link:"),
			{ label: say("Set a new password"), link },
			say("Both are good once, for {minutes} minutes.", { minutes }),
			say("If this was not you, do nothing: your password stays as it is. Give the code to nobody."),
		],
	});
}

/** Somebody forgot a password of an account that has none. */
export function noPasswordLetter(addressed: Addressed, ways: OneOf["oneOf"]): Letter {
	return composeLetter(addressed, {
		subject: say("Your Sheaf account has no password"),
		parts: [
			say(
				"Somebody, probably you, asked to set a new password for Sheaf. Your account has none: you sign in with {ways}.",
				{ ways: { oneOf: ways.length === 0 ? [say("another way")] : ways } },
			),
			say("Once you are signed in you can set a password in the extension: Options, then Account."),
			say("If this was not you, do nothing: nothing was changed."),
		],
	});
}

/** Somebody forgot a password, and there is no account. */
export function noAccountLetter(addressed: Addressed): Letter {
	return composeLetter(addressed, {
		subject: say("There is no Sheaf account with this address"),
		parts: [
			say(
				"Somebody, probably you, asked to set a new password for Sheaf. There is no account with this e-mail address: perhaps you used another one, or signed in another way.",
			),
			say("If this was not you, do nothing."),
		],
	});
}

/** An account was made at once, and whose address it is was not proven. */
export function confirmLetter(addressed: Addressed, { link, hours }: { link: string; hours: number }): Letter {
	return composeLetter(addressed, {
		subject: say("Confirm your e-mail for Sheaf"),
		parts: [
			say("You created a Sheaf account with this e-mail address. Confirm that it is yours:"),
			{ label: say("Confirm this address"), link },
			say("The link is good once, for {hours} hours.", { hours }),
			say("If this was not you, do nothing."),
		],
	});
}

/** A password was set or changed: whoever did not do it has to hear of it (ASVS 5.0, 6.3.7). */
export function passwordChangedLetter(addressed: Addressed, signedOut: "everywhere" | "elsewhere"): Letter {
	return composeLetter(addressed, {
		subject: say("Your Sheaf password was changed"),
		parts: [
			signedOut === "everywhere"
				? say(
						"The password of your Sheaf account was changed just now, and you were signed out everywhere. What you saved is where it was.",
					)
				: say(
						"The password of your Sheaf account was changed just now, and you were signed out on all your other devices. What you saved is where it was.",
					),
			say(
				"If this was not you, somebody else may have your password or read your e-mail: set a new one with “Forgot your password?” on the sign-in page, and change the password of your e-mail account.",
			),
		],
	});
}

type LinkOnly = Pick<Proof, "link" | "minutes">;
