import { countOf } from "../when.ts";

const captures = (count: number) => countOf(count, "capture", "captures");

/** What a person without an account is told, and what they are told once they have one. */
export const guestWords = {
	banner: "Saved on this device only. Sign in to send it to your tables.",
	signIn: "Sign in",
	dismiss: "Hide this for a week",
	moved: (count: number) => `${captures(count)} moved to your account.`,
	ended: "You were signed out on this device. What you captured is safe; sign in to go on.",
	hide: "Hide this",
};
