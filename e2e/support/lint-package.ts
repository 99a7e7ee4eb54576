import { installed, runCommand } from "./run-command.ts";

/** What Mozilla's linter says of code that is right as it is, and why. Anything else it says fails. */
const known: Readonly<Record<string, string>> = {
	UNSAFE_VAR_ASSIGNMENT:
		"Preact's own code for an attribute that Sheaf never sets, and defuddle's on a copy of the document",
	UNSUPPORTED_API: "chrome.sidePanel, which is asked for before it is used; in Firefox the sidebar opens instead",
	KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION: "the package is not offered for Android",
};

type Message = { code: string; message: string; file?: string };
type Findings = Record<"errors" | "notices" | "warnings", Message[]>;

/** What `web-ext lint` would complain of in a built folder, a line each. */
export async function lintPackage(folder: string): Promise<string[]> {
	const { output } = await runCommand([installed("addons-linter"), "--output", "json", folder]);
	const found = JSON.parse(output.slice(output.indexOf("{"))) as Findings;
	return [...found.errors, ...found.warnings, ...found.notices]
		.filter(({ code }) => known[code] === undefined)
		.map(({ code, file, message }) => `${code} ${file ?? ""}: ${message}`);
}
