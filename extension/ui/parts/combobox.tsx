import { useId, useRef, useState } from "preact/hooks";
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
};

/**
 * One of many, found by typing (ARIA combobox with a list). Arrow keys move, Enter chooses, Esc gives the chosen one back;
 * the focus stays in the input, and how many there are is read out.
 */
export function Combobox({ id, label, chosen, find, onChoose, words, describedBy }: ComboboxProps) {
	const list = useId();
	const input = useRef<HTMLInputElement>(null);
	const { typed, at, options, open, close, move } = useSearch(find);
	const choose = (option: ComboOption | undefined) => {
		if (option) onChoose(option.id);
		close();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step !== undefined) {
			event.preventDefault();
			if (typed === null) open("");
			else move(step);
		}
		if (typed === null) return;
		if (event.key === "Enter") {
			event.preventDefault();
			choose(options[at]);
		}
		if (event.key === "Escape") {
			event.preventDefault();
			close();
		}
	};
	return (
		<div class="combobox">
			<input
				ref={input}
				id={id}
				class="input"
				role="combobox"
				autocomplete="off"
				spellcheck={false}
				aria-expanded={typed !== null}
				aria-controls={list}
				aria-autocomplete="list"
				aria-activedescendant={typed !== null && options[at] ? `${list}-${at}` : undefined}
				aria-describedby={describedBy}
				value={typed ?? chosen.text}
				placeholder={chosen.text}
				onFocus={(event) => event.currentTarget.select()}
				onClick={() => typed === null && open("")}
				onInput={(event) => open(event.currentTarget.value)}
				onBlur={close}
				onKeyDown={onKeyDown}
			/>
			<Icon name="down" />
			{typed !== null && (
				<ComboList list={list} label={label} options={options} at={at} none={words.none(typed)} onChoose={choose} />
			)}
			<p class="hidden-visually" role="status">
				{typed !== null && words.found(options.length)}
			</p>
		</div>
	);
}

/** What is typed (null: the list is closed), what it finds, and which of them Enter would choose. */
function useSearch(find: (typed: string) => ComboOption[]) {
	const [typed, setTyped] = useState<string | null>(null);
	const [at, setAt] = useState(0);
	const options = typed === null ? [] : find(typed);
	return {
		typed,
		at,
		options,
		open: (text: string) => {
			setTyped(text);
			setAt(0);
		},
		close: () => setTyped(null),
		move: (step: number) => setAt((at + step + options.length) % Math.max(1, options.length)),
	};
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
