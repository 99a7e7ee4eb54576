import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The least a popup can be: one line of text and one script that puts a second one there. What ours is held against. */
export function writeBlankExtension(): { folder: string; remove(): void } {
	const folder = mkdtempSync(join(tmpdir(), "sheaf-blank-"));
	const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
	write(
		"manifest.json",
		JSON.stringify({
			manifest_version: 3,
			name: "Blank",
			version: "1",
			action: { default_popup: "popup.html" },
			background: { service_worker: "background.js" },
		}),
	);
	write("background.js", "");
	write(
		"popup.html",
		'<!doctype html><html lang="en"><title>Blank</title><body>Blank<script type="module" src="popup.js"></script></body></html>',
	);
	write("popup.js", 'document.body.append(" popup");');
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
