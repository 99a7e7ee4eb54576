import { date } from "./date.ts";
import { number } from "./number.ts";
import { regex } from "./regex.ts";
import { join, split } from "./split-join.ts";
import type { StepKind, StepRule } from "./step-result.ts";
import { map, standIn } from "./swap.ts";
import { trim } from "./trim.ts";
import { url } from "./url.ts";

/** Every step there is: a new kind in the contract does not compile without a line here. */
export const stepRules: { readonly [Kind in StepKind]: StepRule<Kind> } = {
	trim,
	regex,
	number,
	date,
	split,
	join,
	map,
	default: standIn,
	url,
};
