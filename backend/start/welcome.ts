import type { Env } from "../env.ts";
import { type BuildOutcome, extensionFolder } from "./build-extension.ts";

/** What a person at the terminal does next, as text for stdout. */
export function welcome(env: Env, build: BuildOutcome): string {
	return [
		"",
		...(build === "failed" ? ["  (The extension could not be built: `npm run build` says why.)"] : []),
		...(build === "impossible"
			? ["  (The extension was not built: its tools are missing, `npm ci` installs them.)"]
			: []),
		"  1. In Chrome open chrome://extensions, switch on Developer mode, press Load unpacked and choose",
		`     ${extensionFolder}`,
		"  2. Sheaf's own page opens by itself: press Sign in, then Create account. The account stays on this machine.",
		...destination(env.practiceUrl),
		...operatorHint(env),
		"",
		`Ctrl-C stops everything. What you saved stays in ${env.dataDir}`,
		"",
	].join("\n");
}

/** Their addresses count once they are proven, and without SMTP nobody gets a letter. */
function operatorHint({ operators, identity, publicUrl }: Env): string[] {
	if (operators.length === 0 || identity.mail !== null) return [];
	return [
		"",
		`  Operators (SHEAF_OPERATORS): ${publicUrl}/admin/queues opens once your address is confirmed. The link for that is`,
		"  printed here when you create the account.",
	];
}

function destination(practiceUrl: string | null): string[] {
	if (practiceUrl === null) {
		return ["  3. Press Connect your own, and choose a table.", "  4. On any page: right-click, Send to."];
	}
	return [
		"  3. Press Try it with the practice base, then Use this.",
		`  4. On any page: press Sheaf's button in the toolbar, then Send. Watch the row arrive at ${practiceUrl}`,
	];
}
