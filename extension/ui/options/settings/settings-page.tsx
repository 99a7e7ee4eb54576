import { browser } from "wxt/browser";
import { type MenuChoice, menu, type Theme, theme } from "../../../settings/items.ts";
import { settingsWords as words } from "../../words/records.ts";
import { useWorld } from "../context.ts";
import { ServerForm } from "./server-form.tsx";

const themes: readonly Theme[] = ["system", "light", "dark"];
const menuChoices: readonly MenuChoice[] = ["shown", "hidden"];

export function SettingsPage() {
	return (
		<>
			<p class="lead">{words.lead}</p>
			<Looks />
			<ServerForm />
			<p class="muted">{words.version(browser.runtime.getManifest().version)}</p>
		</>
	);
}

/** What follows the person to their other devices. */
function Looks() {
	const { settings } = useWorld();
	return (
		<>
			<Segments
				name="theme"
				legend={words.theme}
				choices={themes}
				chosen={settings.theme}
				words={words.themes}
				onChoose={(choice) => void theme.setValue(choice)}
			/>
			<Segments
				name="menu"
				legend={words.menu}
				note={settings.account ? words.follows : undefined}
				choices={menuChoices}
				chosen={settings.menu}
				words={words.menus}
				onChoose={(choice) => void menu.setValue(choice)}
			/>
		</>
	);
}

type SegmentsProps<Choice extends string> = {
	name: string;
	legend: string;
	note?: string | undefined;
	choices: readonly Choice[];
	chosen: Choice;
	words: Record<Choice, string>;
	onChoose: (choice: Choice) => void;
};

function Segments<Choice extends string>({ name, legend, note, choices, chosen, ...rest }: SegmentsProps<Choice>) {
	return (
		<section class="form-part">
			<fieldset>
				<legend>
					<h2>{legend}</h2>
				</legend>
				<div class="segments">
					{choices.map((choice) => (
						<label class="segment" key={choice}>
							<input
								type="radio"
								name={name}
								class="hidden-visually"
								checked={chosen === choice}
								onChange={() => rest.onChoose(choice)}
							/>
							{rest.words[choice]}
						</label>
					))}
				</div>
			</fieldset>
			{note && <p class="muted">{note}</p>}
		</section>
	);
}
