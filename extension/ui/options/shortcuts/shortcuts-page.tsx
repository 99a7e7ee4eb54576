import { useEffect, useState } from "preact/hooks";
import { CopyField } from "../../parts/copy-field.tsx";
import { shortcutWords as words } from "../../words/shortcuts.ts";
import { readShortcuts, type Shortcut } from "./shortcuts.ts";

/** Each browser keeps its own page for changing shortcuts, which a link cannot open; its address can be copied. */
const shortcutsAddress = import.meta.env.FIREFOX ? "about:addons" : "chrome://extensions/shortcuts";

const isMac = navigator.platform.startsWith("Mac");

const inPopup: readonly [string, string][] = [
	[words.send, isMac ? "⌘ ⏎" : "Ctrl ⏎"],
	[words.next, "Tab"],
	[words.takeBack, isMac ? "⌘ Z" : "Ctrl Z"],
	[words.leave, "Esc"],
];

/** Every key that does something, as the browser has it now. */
export function ShortcutsPage() {
	const [shortcuts, setShortcuts] = useState<Shortcut[]>([]);
	useEffect(() => void readShortcuts().then(setShortcuts), []);
	return (
		<>
			<p class="lead">{words.lead}</p>
			<section class="form-part">
				<h2>{words.anywhere}</h2>
				<div class="card facts">
					{shortcuts.map(({ name, description, keys }) => (
						<Line key={name} words={words.names[name] ?? description} keys={keys} />
					))}
				</div>
				<CopyField label={words.how} value={shortcutsAddress} copy={words.copy} />
			</section>
			<section class="form-part">
				<h2>{words.address}</h2>
				<div class="card facts">
					<Line words={words.search} keys={words.searchKeys} />
				</div>
			</section>
			<section class="form-part">
				<h2>{words.popup}</h2>
				<div class="card facts">
					{inPopup.map(([what, keys]) => (
						<Line key={what} words={what} keys={keys} />
					))}
				</div>
			</section>
		</>
	);
}

function Line({ words: what, keys }: { words: string; keys: string }) {
	return (
		<p class="fact">
			<span class="muted">{what}</span>
			<span>{keys ? <kbd>{keys}</kbd> : words.none}</span>
		</p>
	);
}
