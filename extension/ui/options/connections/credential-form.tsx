import { useId, useState } from "preact/hooks";
import type { FormField, ProviderView } from "../../../../backend/contract/providers.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Problem } from "../../parts/problem.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { fileWords } from "../../words/files.ts";
import { formWords } from "../../words/form.ts";
import { optionsWords, connectionWords as words } from "../../words/options.ts";
import { useDoing } from "../use-doing.ts";
import { FileField } from "./file-field.tsx";
import { isOfFiles } from "./file-kinds.ts";
import { focusOnce } from "./focus-once.ts";
import type { AddedFile } from "./use-file-upload.ts";

type CredentialFormProps = {
	provider: ProviderView;
	title: string;
	note?: string;
	/** What is known of the fields that are no secrets. */
	known?: Readonly<Record<string, string>>;
	/** The word on the main button. */
	submit: string;
	/** Checks and stores the credential; what it throws is shown in the form, with what was typed kept. */
	onSubmit: (credential: Record<string, string>) => Promise<void>;
	onCancel: () => void;
};

/** The form a connector's manifest describes; this page knows no provider. Secrets leave the page with the request and are not kept. */
export function CredentialForm({ provider, title, note, known = {}, submit, onSubmit, onCancel }: CredentialFormProps) {
	const [values, setValues] = useState<Record<string, string>>(() => ({ ...known, ...noFile(provider) }));
	const { busy, problem, run } = useDoing();
	const filled = new Set(provider.form.map(({ nameIn }) => nameIn));
	const asked = provider.form.filter(({ name }) => !filled.has(name));
	const [missing, setMissing] = useState<string | null>(null);
	const onForm = (event: Event) => {
		event.preventDefault();
		const empty = provider.form.find((field) => needsValue(field) && !values[field.name]?.trim());
		setMissing(empty?.name ?? null);
		if (empty) return;
		run(() => onSubmit(Object.fromEntries(provider.form.map(({ name }) => [name, values[name]?.trim() ?? ""]))));
	};
	return (
		<form class="card form" onSubmit={onForm} aria-label={title}>
			<h3>{title}</h3>
			{note && <p class="muted">{note}</p>}
			{asked.map((field, index) => {
				const wanted = missing === field.name ? formWords.required : null;
				return field.kind === "file" ? (
					<FileField
						key={field.name}
						nameNow={field.nameIn === undefined ? undefined : known[field.nameIn]}
						problem={wanted}
						onAdded={(file) => setValues((before) => ({ ...before, ...valuesOf(field, file) }))}
					/>
				) : (
					<CredentialInput
						key={field.name}
						field={field}
						first={index === 0}
						value={values[field.name] ?? ""}
						problem={wanted}
						onInput={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
					/>
				);
			})}
			<Problem>{problem}</Problem>
			<div class="form-buttons">
				<SubmitButton busy={busy ? (isOfFiles(provider) ? fileWords.adding : words.connecting) : null}>
					{submit}
				</SubmitButton>
				<Button look="quiet" onPress={onCancel}>
					{optionsWords.cancel}
				</Button>
			</div>
		</form>
	);
}

/** The one that is there now is nothing to be sent again. */
function noFile({ form }: ProviderView): Record<string, string> {
	return Object.assign({}, ...form.filter(({ kind }) => kind === "file").map((field) => valuesOf(field, null)));
}

/** A file fills two: which one it is, and what it is called. */
function valuesOf({ name, nameIn }: FormField, file: AddedFile | null): Record<string, string> {
	return { [name]: file?.sha256 ?? "", ...(nameIn === undefined ? {} : { [nameIn]: file?.name ?? "" }) };
}

function needsValue({ optional, kind }: FormField): boolean {
	return optional !== true && kind !== "choice";
}

type CredentialInputProps = {
	field: FormField;
	first: boolean;
	value: string;
	problem: string | null;
	onInput: (value: string) => void;
};

function CredentialInput({ field, first, value, problem, onInput }: CredentialInputProps) {
	const id = useId();
	const shared = {
		id,
		class: "input mono",
		autocomplete: "off",
		spellcheck: false,
		placeholder: field.placeholder ?? "",
		value,
		ref: first ? focusOnce : null,
		"aria-describedby": `${id}-help`,
		onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
		...(problem ? ({ "aria-invalid": "true" } as const) : {}),
	};
	return (
		<div class="form-line">
			<label for={id}>
				<bdi lang="en">{field.label}</bdi>
				{field.optional === true && field.kind !== "choice" && <span class="muted"> {formWords.optional}</span>}
			</label>
			{field.kind === "choice" ? (
				<Choice id={id} field={field} value={value} onInput={onInput} />
			) : field.kind === "secret" ? (
				<input {...shared} type="password" />
			) : (
				<input {...shared} type="text" inputMode={field.kind} />
			)}
			<p class="muted" id={`${id}-help`}>
				{problem && <span class="field-problem">{problem} </span>}
				<bdi lang="en">{field.help}</bdi>{" "}
				{field.helpUrl && (
					<WebLink href={field.helpUrl}>
						{words.how}
						<Icon name="external" />
					</WebLink>
				)}
			</p>
		</div>
	);
}

type ChoiceProps = { id: string; field: FormField; value: string; onInput: (value: string) => void };

function Choice({ id, field, value, onInput }: ChoiceProps) {
	return (
		<select
			id={id}
			class="input"
			// What was not chosen is the first, as the server takes it: a browser would show an empty line.
			value={value || field.choices?.[0]?.value}
			aria-describedby={`${id}-help`}
			onChange={(event) => onInput(event.currentTarget.value)}
		>
			{(field.choices ?? []).map((choice) => (
				<option key={choice.value} value={choice.value}>
					{choice.label}
				</option>
			))}
		</select>
	);
}
