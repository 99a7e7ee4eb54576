import type { Connector } from "../connectors/connector.ts";
import type { FormField } from "../contract/providers.ts";
import { SheafError } from "../errors.ts";

/**
 * The values of a connector's form, no others, trimmed: a pasted token often brings a line end along. What may be left empty is left
 * out, and a choice that was not made is its first.
 *
 * @throws SheafError `connections/settings-invalid` naming what is missing or what it takes; `connections/address-refused`
 */
export function formValues(connector: Connector, sent: Readonly<Record<string, string>> = {}): Record<string, string> {
	const { form, title } = connector.manifest;
	const names = form.map(({ name }) => name);
	const values = new Map(form.map((field) => [field.name, valueOf(field, sent)]));
	// Not repeated by name: a secret that was put in the wrong place may be one.
	const takesAll = Object.keys(sent).every((name) => names.includes(name));
	const missing = form.filter(({ name, optional }) => values.get(name) === "" && optional !== true);
	const unknown = form.filter((field) => !isAmongChoices(field, values.get(field.name) ?? ""));
	const problem =
		missing.length > 0
			? `${title} needs: ${missing.map(({ label }) => label).join(", ")}.`
			: unknown.length > 0
				? `Choose one of what is offered for: ${unknown.map(({ label }) => label).join(", ")}.`
				: takesAll
					? null
					: `${title} takes ${names.length === 0 ? "no settings" : `only: ${names.join(", ")}`}.`;
	if (problem !== null) {
		const details = { missing: missing.map(({ label }) => label), takes: names };
		throw new SheafError("connections/settings-invalid", problem, { details });
	}
	for (const field of form) refuseBadAddress(field, values.get(field.name) ?? "");
	return Object.fromEntries([...values].filter(([, value]) => value !== ""));
}

/** What may be shown: everything that was asked for and is no secret. */
export function shownSettings(connector: Connector, values: Readonly<Record<string, string>>): Record<string, string> {
	const shown = connector.manifest.form.filter(({ kind }) => kind !== "secret");
	return Object.fromEntries(shown.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]]])));
}

function valueOf({ name, kind, choices = [] }: FormField, sent: Readonly<Record<string, string>>): string {
	const value = (sent[name] ?? "").trim();
	return value === "" && kind === "choice" ? (choices[0]?.value ?? "") : value;
}

function isAmongChoices({ kind, choices = [] }: FormField, value: string): boolean {
	return kind !== "choice" || value === "" || choices.some((choice) => choice.value === value);
}

/** Where it leads is looked at by the guarded way out, at this save and at every send (SEC-2). */
function refuseBadAddress({ kind, label }: FormField, value: string): void {
	if (kind !== "url" || value === "") return;
	const url = URL.canParse(value) ? new URL(value) : null;
	const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
	if (isWeb && url.username === "" && url.password === "") return;
	const problem = isWeb ? "carries a user name or password" : "is no web address";
	throw new SheafError("connections/address-refused", `“${label}” ${problem}. Correct it, then try again.`);
}
