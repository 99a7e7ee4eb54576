import { countOf } from "../when.ts";

const captures = (count: number) => countOf(count, "capture", "captures");

/** What a person without an account is told, and what they are told once they have one, or have come back. */
export const guestWords = {
	banner: "Saved on this device only. Sign in to send it to your tables.",
	signIn: "Sign in",
	dismiss: "Hide this for a week",
	moved: (count: number) => `${captures(count)} moved to your account.`,
	unopened:
		"Some of what you saved here before you last signed out could not be opened. It is kept, and Sheaf tries again each time you sign in.",
	ended: "You were signed out on this device. What you captured is safe; sign in to go on.",
	hide: "Hide this",
};
