import { useEffect, useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { type Theme, theme } from "../../../settings/items.ts";
import { settingsWords as words } from "../../words/records.ts";
import { useWorld } from "../context.ts";
import { ServerForm } from "./server-form.tsx";
import { readShortcuts, type Shortcut } from "./shortcuts.ts";

const themes: readonly Theme[] = ["system", "light", "dark"];

export function SettingsPage() {
	return (
		<>
			<p class="lead">{words.lead}</p>
			<ThemeChoice />
			<ServerForm />
			<Shortcuts />
			<section class="form-part">
				<h2>{words.permissions}</h2>
				<p class="muted prose">{words.permissionsBody}</p>
				<p class="muted">
					{words.version} {browser.runtime.getManifest().version}
				</p>
			</section>
		</>
	);
}

function ThemeChoice() {
	const { settings } = useWorld();
	return (
		<section class="form-part">
			<fieldset>
				<legend>
					<h2>{words.theme}</h2>
				</legend>
				<div class="segments">
					{themes.map((name) => (
						<label class="segment" key={name}>
							<input
								type="radio"
								name="theme"
								class="hidden-visually"
								checked={settings.theme === name}
								onChange={() => void theme.setValue(name)}
							/>
							{words.themes[name]}
						</label>
					))}
				</div>
			</fieldset>
		</section>
	);
}

/** Each browser keeps its own page for changing shortcuts, which a link cannot open; its address can be copied. */
const shortcutsAddress = navigator.userAgent.includes("Firefox") ? "about:addons" : "chrome://extensions/shortcuts";

function Shortcuts() {
	const [shortcuts, setShortcuts] = useState<Shortcut[]>([]);
	useEffect(() => void readShortcuts().then(setShortcuts), []);
	return (
		<section class="form-part">
			<h2>{words.shortcuts}</h2>
			<div class="card facts">
				{shortcuts.map((shortcut) => (
					<p class="fact" key={shortcut.name}>
						<span class="muted">{words.shortcutNames[shortcut.name] ?? shortcut.description}</span>
						<span>{shortcut.keys ? <kbd>{shortcut.keys}</kbd> : words.shortcutNone}</span>
					</p>
				))}
			</div>
			<p class="muted">
				{words.shortcutsHow} <span class="mono">{shortcutsAddress}</span>.
			</p>
		</section>
	);
}
