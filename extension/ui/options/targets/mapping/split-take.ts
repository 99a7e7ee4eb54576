import type { TransformStep } from "../../../../../backend/contract/transforms.ts";
import { stepWords as words } from "../../../words/steps.ts";

type Split = Extract<TransformStep, { kind: "split" }>;

/** Which part is kept, as a list offers it: `all`, or the contract's number (0 the first, -1 the last) as a text. */
export type Take = "all" | `${number}`;

const usual: Readonly<Record<Take, string>> = {
	all: words.takes.all,
	"0": words.takes.first,
	"1": words.takes.second,
	"2": words.takes.third,
	"-1": words.takes.last,
};

export function takeOf(take: number | undefined): Take {
	return take === undefined ? "all" : `${take}`;
}

/** The usual ones, and the one that is set when it is none of them. */
export function takeChoices(take: number | undefined): Readonly<Record<Take, string>> {
	const set = takeOf(take);
	if (take === undefined || set in usual) return usual;
	return { ...usual, [set]: take < 0 ? words.takeFromEnd(-take) : words.takeNumber(take + 1) };
}

export function withTake({ kind, separator }: Split, take: Take): Split {
	return take === "all" ? { kind, separator } : { kind, separator, take: Number(take) };
}
