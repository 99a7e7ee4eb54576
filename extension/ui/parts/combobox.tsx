import { useId, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

export type ComboOption = { id: string; text: string; note: string };

type ComboboxProps = {
	id: string;
	/** Names the list; the input is named by its own label. */
	label: string;
	chosen: ComboOption;
	find: (typed: string) => ComboOption[];
	onChoose: (id: string) => void;
	words: { none: (typed: string) => string; found: (count: number) => string };
	describedBy?: string;
	/** Shown while nothing is chosen. */
	placeholder?: string;
};

/**
 * One of many, found by typing (ARIA combobox with a list). Arrow keys move, Enter chooses, Esc gives the chosen one back;
 * the focus stays in the input, and how many there are is read out.
 */
export function Combobox({ id, label, chosen, find, onChoose, words, describedBy, placeholder }: ComboboxProps) {
	const list = useId();
	const { typed, at, options, open, close, choose, onKeyDown } = useSearch(find, onChoose);
	const isOpen = typed !== null;
	return (
		<div class="combobox">
			<input
				id={id}
				class="input"
				role="combobox"
				autocomplete="off"
				spellcheck={false}
				aria-expanded={isOpen}
				aria-controls={list}
				aria-autocomplete="list"
				aria-activedescendant={isOpen && options[at] ? `${list}-${at}` : undefined}
				aria-describedby={describedBy}
				value={typed ?? chosen.text}
				placeholder={placeholder ?? chosen.text}
				onFocus={(event) => event.currentTarget.select()}
				onClick={() => !isOpen && open("")}
				onInput={(event) => open(event.currentTarget.value)}
				onBlur={close}
				onKeyDown={onKeyDown}
			/>
			<Icon name="down" />
			{isOpen && <ComboList {...{ list, label, options, at }} none={words.none(typed)} onChoose={choose} />}
			<p class="hidden-visually" role="status">
				{isOpen && words.found(options.length)}
			</p>
		</div>
	);
}

/** What is typed (null: the list is closed), what it finds, and which of them Enter would choose. */
function useSearch(find: ComboboxProps["find"], onChoose: ComboboxProps["onChoose"]) {
	const [typed, setTyped] = useState<string | null>(null);
	const [at, setAt] = useState(0);
	const options = typed === null ? [] : find(typed);
	const open = (text: string) => {
		setTyped(text);
		setAt(0);
	};
	const close = () => setTyped(null);
	const choose = (option: ComboOption | undefined) => {
		if (option) onChoose(option.id);
		close();
	};
	const move = (step: number) => {
		if (typed === null) open("");
		else setAt((at + step + options.length) % Math.max(1, options.length));
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const deeds: Record<string, () => void> = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };
		if (typed !== null) Object.assign(deeds, { Enter: () => choose(options[at]), Escape: close });
		const deed = deeds[event.key];
		if (!deed) return;
		event.preventDefault();
		deed();
	};
	return { typed, at, options, open, close, choose, onKeyDown };
}

type ComboListProps = {
	list: string;
	label: string;
	options: ComboOption[];
	at: number;
	none: string;
	onChoose: (option: ComboOption) => void;
};

function ComboList({ list, label, options, at, none, onChoose }: ComboListProps) {
	return (
		// The press must not take the focus from the input: losing it closes the list before the press has chosen.
		<div class="combobox-list" onMouseDown={(event) => event.preventDefault()}>
			{options.length === 0 && <p class="combobox-none muted">{none}</p>}
			<ul id={list} role="listbox" aria-label={label}>
				{options.map((option, index) => (
					<li
						key={option.id}
						id={`${list}-${index}`}
						class="menu-item"
						role="option"
						aria-selected={index === at}
						ref={(element) => {
							if (index === at) element?.scrollIntoView({ block: "nearest" });
						}}
						onClick={() => onChoose(option)}
					>
						<span class="menu-item-text">{option.text}</span>
						<span class="menu-item-note">{option.note}</span>
					</li>
				))}
			</ul>
		</div>
	);
}
