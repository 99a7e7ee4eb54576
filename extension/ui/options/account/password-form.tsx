import { useId, useRef, useState } from "preact/hooks";
import { ApiFailure } from "../../../api/api-failure.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { accountWords as words } from "../../words/account.ts";
import { optionsWords } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { messageOf } from "../use-remote.ts";

type PasswordFormProps = {
	title: string;
	/** There is one already: it has to be typed too. */
	hasOne: boolean;
	onDone: () => Promise<void>;
	onCancel: () => void;
};

type Place = "current" | "password" | "form";
type Trouble = { place: Place; sentence: string };

/** Sets a password or changes it. What is good enough is the server's to say, in its words, beside the input. */
export function PasswordForm({ title, hasOne, onDone, onCancel }: PasswordFormProps) {
	const { current, password, setCurrent, setPassword, trouble, busy, submit, form } = usePassword(hasOne, onDone);
	const at = (place: Place) => (trouble?.place === place ? trouble.sentence : null);
	return (
		<form ref={form} class="card form" aria-label={title} onSubmit={submit}>
			{hasOne && (
				<PasswordLine
					label={words.passwordCurrent}
					autocomplete="current-password"
					value={current}
					problem={at("current")}
					onChange={setCurrent}
				/>
			)}
			<PasswordLine
				label={words.passwordNew}
				autocomplete="new-password"
				value={password}
				problem={at("password")}
				onChange={setPassword}
			/>
			<p class="muted">{words.passwordNote}</p>
			<Problem>{at("form")}</Problem>
			<div class="form-buttons">
				<SubmitButton busy={busy ? words.passwordSaving : null}>{title}</SubmitButton>
				<Button onPress={onCancel}>{optionsWords.cancel}</Button>
			</div>
		</form>
	);
}

function usePassword(hasOne: boolean, onDone: () => Promise<void>) {
	const { client } = useWorld();
	const [current, setCurrent] = useState("");
	const [password, setPassword] = useState("");
	const [trouble, setTrouble] = useState<Trouble | null>(null);
	const [busy, setBusy] = useState(false);
	const form = useRef<HTMLFormElement>(null);
	const refuse = (found: Trouble) => {
		setTrouble(found);
		const inputs = form.current?.querySelectorAll("input") ?? [];
		(found.place === "current" ? inputs[0] : inputs[inputs.length - 1])?.focus();
	};
	const send = async () => {
		setBusy(true);
		setTrouble(null);
		try {
			await client.changePassword(hasOne ? { current, password } : { password });
			await onDone();
		} catch (error) {
			refuse({ place: placeOf(error), sentence: messageOf(error) });
		} finally {
			setBusy(false);
		}
	};
	const submit = (event: Event) => {
		event.preventDefault();
		if (busy) return;
		if (hasOne && current === "") return refuse({ place: "current", sentence: words.passwordMissing });
		if (password === "") return refuse({ place: "password", sentence: words.passwordMissing });
		void send();
	};
	return { current, password, setCurrent, setPassword, trouble, busy, submit, form };
}

function placeOf(error: unknown): Place {
	if (!(error instanceof ApiFailure)) return "form";
	if (error.code === "auth/password-wrong") return "current";
	return error.code === "auth/password-unacceptable" ? "password" : "form";
}

type PasswordLineProps = {
	label: string;
	autocomplete: "current-password" | "new-password";
	value: string;
	problem: string | null;
	onChange: (text: string) => void;
};

function PasswordLine({ label, autocomplete, value, problem, onChange }: PasswordLineProps) {
	const id = useId();
	const [shown, setShown] = useState(false);
	return (
		<div class="form-line">
			<label for={id}>{label}</label>
			<div class="form-row password">
				<input
					id={id}
					class="input"
					{...(shown ? ({ type: "text" } as const) : ({ type: "password" } as const))}
					autocomplete={autocomplete}
					spellcheck={false}
					value={value}
					aria-invalid={problem !== null}
					aria-describedby={problem === null ? undefined : `${id}-problem`}
					onInput={(event) => onChange(event.currentTarget.value)}
				/>
				<button
					type="button"
					class="button"
					aria-pressed={shown}
					aria-label={words.passwordShowLabel(label)}
					onClick={() => setShown(!shown)}
				>
					{shown ? words.passwordHide : words.passwordShow}
				</button>
			</div>
			<div id={`${id}-problem`}>
				<Problem>{problem}</Problem>
			</div>
		</div>
	);
}
