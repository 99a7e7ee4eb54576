import { browser } from "wxt/browser";

export type Shortcut = { name: string; description: string; keys: string };

/** The extension's shortcuts as the browser has them now; another extension may have taken one, then `keys` is empty. */
export async function readShortcuts(): Promise<Shortcut[]> {
	const all = await browser.commands.getAll();
	return all.map((command) => ({
		name: command.name ?? "",
		description: command.description ?? "",
		keys: command.shortcut ?? "",
	}));
}
