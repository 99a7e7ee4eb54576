import accountEnd from "../locales/en/account-end.json" with { type: "json" };
import diagnostics from "../locales/en/diagnostics.json" with { type: "json" };
import manifestWords from "../locales/en/manifest.json" with { type: "json" };
import words from "../locales/en/privacy.json" with { type: "json" };
import listing from "./listing.json" with { type: "json" };

export type StoreBrowser = "chrome" | "firefox";

/** What of a built manifest the stores ask about. */
type Asking = { permissions: string[]; optional_permissions: string[]; optional_host_permissions: string[] };

/**
 * Listing, privacy policy and permission justifications in Markdown.
 *
 * @param manifest of the built extension
 * @throws Error naming a permission that nobody gave a reason for
 */
export function storeTexts(browser: StoreBrowser, manifest: unknown): string {
	const asking = manifest as Asking;
	const sites = `${words.readsBody} ${words.sitesBody} ${words.picturesCopy} ${words.sitesNone}`;
	const lines = [
		`# ${manifestWords.name} (${browser})`,
		`## Listing\n\n${manifestWords.description}\n\n${listing.features.map((feature) => `- ${feature}`).join("\n")}`,
		`## Privacy policy\n\n${policy()}`,
		"## Permissions, and why",
		...asking.permissions.map((permission) => `- **${permission}**: ${reasonFor(permission)}`),
		...asking.optional_permissions.map(
			(permission) => `- **${permission}** (asked for from a press): ${reasonFor(permission)}`,
		),
		`- **${asking.optional_host_permissions.join(", ")}** (asked for site by site, from a press): ${sites}`,
	];
	return `${lines.join("\n\n").replaceAll("\n\n- **", "\n- **")}\n`;
}

function policy(): string {
	const atServer = (sentence: string) => sentence.replace("{server}", "the address you chose");
	return [
		[words.reads, words.readsBody],
		[words.sites, words.sitesBody],
		[words.kept, `${words.keptBody} ${words.keptSignOut}`],
		[words.pictures, `${words.picturesBody} ${words.picturesCopy} ${words.picturesGone}`],
		[words.sources, `${words.sourcesBody} ${words.filesBody}`],
		[words.leaves, `${words.leavesGuest} ${atServer(words.leavesBody)}`],
		[diagnostics.title, `${diagnostics.lead} ${diagnostics.signOut}`],
		[diagnostics.send.title, atServer(diagnostics.send.body)],
		[diagnostics.clear.title, diagnostics.clear.body],
		[accountEnd.delete, accountEnd.deleteBody],
	]
		.map(([heading, body]) => `### ${heading}\n\n${body}`)
		.join("\n\n");
}

function reasonFor(permission: string): string {
	const reasons: Readonly<Record<string, string>> = { ...words.why, tabs: words.tabsBody };
	const reason = reasons[permission];
	if (reason === undefined) throw new Error(`There is no reason for the permission ${permission} in privacy.json.`);
	return reason;
}
