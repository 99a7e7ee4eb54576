import { inputWords } from "../../words/inputs.ts";

/** `text` is what is shown, `value` what is chosen by it; `asTyped`: it is the very text that was typed. */
export type ChoiceOption = { value: string; text: string; asTyped?: true };

/** More than anybody looks through: the rest is found by typing. */
const maxShown = 100;

type Choosing = {
	options: readonly string[];
	/** What is chosen already is not offered again. */
	chosen: readonly string[];
	typed: string;
	/** Whether a choice that is not there yet may be made. */
	canCreate: boolean;
};

/** The choices that have the typed text in them, those that begin with it first; and the text itself where it may become a new one. */
export function choiceOptions({ options, chosen, typed, canCreate }: Choosing): ChoiceOption[] {
	const wanted = typed.trim();
	const folded = wanted.toLowerCase();
	const open = options.filter((option) => !chosen.includes(option) && option.toLowerCase().includes(folded));
	const first = open.filter((option) => option.toLowerCase().startsWith(folded));
	const found = [...first, ...open.filter((option) => !first.includes(option))].slice(0, maxShown);
	const shown = found.map((option): ChoiceOption => ({ value: option, text: option }));
	const known = [...options, ...chosen].some((option) => option.toLowerCase() === folded);
	if (!canCreate || wanted === "" || known) return shown;
	return [...shown, { value: wanted, text: inputWords.create(wanted), asTyped: true }];
}
