import { useEffect, useId, useRef, useState } from "preact/hooks";
import { inputWords } from "../../words/inputs.ts";
import { Chip } from "./chip.tsx";
import type { ChoiceOption } from "./choice-options.ts";
import { described, type FieldInputProps } from "./input-props.ts";
import { placeUnder } from "./place-under.ts";
import { useListKeys } from "./use-list-keys.ts";

type ChoiceBoxProps = Pick<FieldInputProps, "id" | "label" | "problem" | "describedBy" | "required"> & {
	chosen: readonly { value: string; text: string; strange?: boolean }[];
	/** One at most: choosing another takes its place. */
	single?: boolean;
	/** What is typed; null: the list is closed. */
	typed: string | null;
	onType: (typed: string | null) => void;
	/** null: they are being looked for. */
	options: readonly ChoiceOption[] | null;
	/** Said where there is nothing to choose from. */
	none: string;
	placeholder: string;
	/** A sentence under it. */
	note?: string | null;
	onChange: (values: string[]) => void;
};

/**
 * Values of a column as chips, and an input that finds more (ARIA combobox with a list). Arrow keys move, Enter chooses, Backspace takes the
 * last one out, Esc closes the list and nothing else; how many there are is read out.
 */
export function ChoiceBox(props: ChoiceBoxProps) {
	const { label, chosen, single = false, typed, onType, options, note, onChange } = props;
	const list = useId();
	const box = useRef<HTMLSpanElement>(null);
	const isOpen = typed !== null;
	const values = chosen.map(({ value }) => value);
	const choose = (option: ChoiceOption) => {
		onChange(single ? [option.value] : [...values.filter((one) => one !== option.value), option.value]);
		onType(single ? null : "");
	};
	// What was typed is meant, whether Enter was pressed or not; where it can be nothing there, it is not kept.
	const leave = () => {
		const meant = typed?.trim().toLowerCase();
		const named = options?.find(({ text }) => text.toLowerCase() === meant);
		const option = meant ? (named ?? options?.find(({ asTyped }) => asTyped)) : undefined;
		if (option) choose(option);
		onType(null);
	};
	const keys = useListKeys({
		typed,
		onType,
		options: options ?? [],
		onChoose: choose,
		onEmptyBackspace: () => onChange(values.slice(0, -1)),
	});
	return (
		<>
			<span class="chips" ref={box}>
				<Chips chosen={chosen} onChange={onChange} />
				<ChoiceEntry
					{...props}
					list={list}
					active={isOpen && options?.[keys.at] ? keys.at : null}
					onLeave={leave}
					onKeyDown={keys.onKeyDown}
				/>
				{isOpen && <ChoiceList {...{ list, label, options, box }} at={keys.at} none={props.none} onChoose={choose} />}
				{isOpen && <Found options={options} />}
			</span>
			{note && (
				<p class="field-note" id={noteId(props)}>
					{note}
				</p>
			)}
		</>
	);
}

function Chips({ chosen, onChange }: Pick<ChoiceBoxProps, "chosen" | "onChange">) {
	const without = (gone: string) => chosen.map(({ value }) => value).filter((value) => value !== gone);
	return (
		<>
			{chosen.map(({ value, text, strange }) => (
				<Chip key={value} text={text} strange={strange === true} onRemove={() => onChange(without(value))} />
			))}
		</>
	);
}

const noteId = ({ id }: Pick<ChoiceBoxProps, "id">) => `${id}-note`;

type ChoiceEntryProps = ChoiceBoxProps & {
	/** The list's id. */
	list: string;
	/** Which option Enter would choose. */
	active: number | null;
	onLeave: () => void;
	onKeyDown: (event: KeyboardEvent) => void;
};

function ChoiceEntry({ list, active, onLeave, onKeyDown, ...props }: ChoiceEntryProps) {
	const { id, chosen, single = false, typed, onType, placeholder, note } = props;
	return (
		<input
			id={id}
			type="text"
			role="combobox"
			autocomplete="off"
			spellcheck={false}
			aria-expanded={typed !== null}
			aria-controls={list}
			aria-autocomplete="list"
			aria-activedescendant={active === null ? undefined : `${list}-${active}`}
			placeholder={chosen.length === 0 ? placeholder : single ? "" : "+"}
			value={typed ?? ""}
			onClick={() => typed === null && onType("")}
			onInput={(event) => onType(event.currentTarget.value)}
			onBlur={onLeave}
			onKeyDown={onKeyDown}
			{...described({ ...props, describedBy: [props.describedBy, note && noteId(props)].filter(Boolean).join(" ") })}
		/>
	);
}

/** How many there are, for those who do not see the list. The words come a moment after their region: it is not read out when it comes with them. */
function Found({ options }: Pick<ChoiceBoxProps, "options">) {
	const [words, setWords] = useState("");
	useEffect(
		() => setWords(options === null ? inputWords.searching : inputWords.found(options.length)),
		[options?.length],
	);
	return (
		<span class="hidden-visually" role="status">
			{words}
		</span>
	);
}

type ChoiceListProps = {
	list: string;
	label: string;
	at: number;
	options: readonly ChoiceOption[] | null;
	none: string;
	/** The input with its chips: the list stands under it. */
	box: { current: HTMLElement | null };
	onChoose: (option: ChoiceOption) => void;
};

/** In the top layer: the record scrolls, and would cut it off. */
function ChoiceList({ list, label, at, options, none, box, onChoose }: ChoiceListProps) {
	const popover = useRef<HTMLDivElement>(null);
	useEffect(() => {
		popover.current?.showPopover();
	}, []);
	useEffect(() => {
		if (popover.current && box.current) placeUnder(popover.current, box.current);
	});
	return (
		// The press must not take the focus from the input: losing it closes the list before the press has chosen.
		<div ref={popover} popover="manual" class="menu choice-list" onMouseDown={(event) => event.preventDefault()}>
			{options === null && <p class="choice-none muted">{inputWords.searching}</p>}
			{options?.length === 0 && <p class="choice-none muted">{none}</p>}
			<ul id={list} role="listbox" aria-label={inputWords.choicesOf(label)}>
				{options?.map((option, index) => (
					<li
						key={option.value}
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
					</li>
				))}
			</ul>
		</div>
	);
}
