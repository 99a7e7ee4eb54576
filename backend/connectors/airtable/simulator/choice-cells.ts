import type { CellContext } from "./cells.ts";
import { refuse } from "./replies.ts";
import { growChoice } from "./seed.ts";
import type { Field } from "./state.ts";

/** Select cells: the name of an existing choice; with typecast, and for those who may, a missing one is made. */
export function choiceCell(field: Field, value: unknown, context: CellContext): string {
	if (typeof value !== "string") return refuseChoice(field, value);
	const name = context.typecast ? value.trim() : value;
	const known = field.options?.choices?.some((choice) => choice.name === name) === true;
	if (!known && !(context.typecast && context.mayCreateChoices)) {
		return refuse(
			422,
			"INVALID_MULTIPLE_CHOICE_OPTIONS",
			`Insufficient permissions to create new select option "${JSON.stringify(name)}"`,
		);
	}
	return name;
}

export function choicesCell(field: Field, value: unknown, context: CellContext): string[] {
	if (!Array.isArray(value)) return refuseChoice(field, value);
	const names = value.map((one) => choiceCell(field, one, context));
	return [...new Set(names)];
}

/** Called when the row is applied and not before: a refused batch leaves no choice behind. */
export function addMissingChoices(field: Field, cell: unknown): void {
	if (field.type !== "singleSelect" && field.type !== "multipleSelects") return;
	const choices = ((field.options ??= {}).choices ??= []);
	for (const name of Array.isArray(cell) ? cell : [cell]) {
		if (typeof name !== "string" || choices.some((choice) => choice.name === name)) continue;
		choices.push(growChoice(name));
	}
}

function refuseChoice(field: Field, value: unknown): never {
	return refuse(422, "INVALID_VALUE_FOR_COLUMN", `Cannot parse value ${JSON.stringify(value)} for field ${field.name}`);
}
