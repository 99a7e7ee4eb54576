import { useEffect, useId, useRef } from "preact/hooks";
import type { RecipeSettings } from "../../../backend/contract/recipes.ts";
import type { PickRequest } from "../../capture/picker/handover.ts";
import { fitsPath } from "../../capture/recipes/match.ts";
import { Button, SubmitButton } from "../parts/button.tsx";
import { kindName } from "../words/capture.ts";
import { pickerWords } from "../words/picker.ts";
import type { Stage } from "./picker-state.ts";

const kinds = [
	"page",
	"article",
	"product",
	"person",
	"organisation",
	"event",
	"recipe",
	"job",
	"place",
	"paper",
	"video",
	"repository",
] as const;

type Head = Omit<RecipeSettings, "fields">;

type SaveFormProps = {
	stage: Extract<Stage, { at: "save" }>;
	/** The path of the page that is open. */
	path: string;
	sharing: PickRequest["sharing"];
	onChange: (recipe: Head) => void;
	onSave: () => void;
	onBack: () => void;
};

/** What the recipe is called, which pages it is for and what they show. */
export function SaveForm({ stage: { recipe, busy, problem }, path, sharing, onChange, onSave, onBack }: SaveFormProps) {
	const id = useId();
	const first = useRef<HTMLInputElement>(null);
	useEffect(() => first.current?.focus(), []);
	const wrong = /^\/[^\s?#]{0,499}$/.test(recipe.path) && fitsPath(recipe.path, path) ? null : pickerWords.pathWrong;
	const onSubmit = (event: Event) => {
		event.preventDefault();
		if (!busy && wrong === null && recipe.name.trim() !== "") onSave();
	};
	return (
		<form class="picker-form" onSubmit={onSubmit}>
			<div class="form-line">
				<label for={`${id}-name`}>{pickerWords.recipeName}</label>
				<input
					id={`${id}-name`}
					ref={first}
					class="input"
					maxLength={80}
					required
					value={recipe.name}
					onInput={(event) => onChange({ ...recipe, name: event.currentTarget.value })}
				/>
			</div>
			<PathLine
				host={recipe.host}
				path={recipe.path}
				wrong={wrong}
				onPath={(next) => onChange({ ...recipe, path: next })}
			/>
			<KindLine kind={recipe.kind} onKind={(kind) => onChange({ ...recipe, kind })} />
			<p class="muted">{pickerWords.sharing[sharing]}</p>
			<p class="picker-problem" role="alert">
				{problem}
			</p>
			<div class="form-buttons">
				<SubmitButton busy={busy ? pickerWords.saving : null}>{pickerWords.save}</SubmitButton>
				<Button onPress={onBack}>{pickerWords.back}</Button>
			</div>
		</form>
	);
}

type PathLineProps = { host: string; path: string; wrong: string | null; onPath: (path: string) => void };

function PathLine({ host, path, wrong, onPath }: PathLineProps) {
	const id = useId();
	return (
		<div class="form-line">
			<label for={id}>{pickerWords.pages}</label>
			<div class="picker-path" dir="ltr">
				<span class="muted clip">{host}</span>
				<input
					id={id}
					class="input"
					spellcheck={false}
					maxLength={500}
					aria-invalid={wrong !== null}
					aria-describedby={`${id}-hint`}
					value={path}
					onInput={(event) => onPath(event.currentTarget.value)}
				/>
			</div>
			<span id={`${id}-hint`} class={wrong === null ? "muted" : "picker-problem"}>
				{wrong ?? pickerWords.pagesHint}
			</span>
		</div>
	);
}

function KindLine({ kind, onKind }: { kind: string; onKind: (kind: string) => void }) {
	const id = useId();
	const listed = kinds.some((one) => one === kind) ? kinds : [kind, ...kinds];
	return (
		<div class="form-line">
			<label for={id}>{pickerWords.kind}</label>
			<select id={id} class="input" value={kind} onChange={(event) => onKind(event.currentTarget.value)}>
				{listed.map((one) => (
					<option key={one} value={one}>
						{kindName(one)}
					</option>
				))}
			</select>
		</div>
	);
}
