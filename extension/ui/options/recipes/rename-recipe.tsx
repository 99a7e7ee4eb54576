import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { KnownRecipe } from "../../../settings/recipes.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords } from "../../words/options.ts";
import { recipesWords as words } from "../../words/recipes.ts";
import { useDoing } from "../use-doing.ts";
import { saveRecipe } from "./recipe-deeds.ts";

/** Another name for a recipe: a new version of it. */
export function RenameRecipe({ known, onDone }: { known: KnownRecipe; onDone: () => void }) {
	const [name, setName] = useState(known.recipe.name);
	const { busy, problem, run } = useDoing();
	const input = useRef<HTMLInputElement>(null);
	const id = useId();
	useEffect(() => input.current?.select(), []);
	const rename = (event: Event) => {
		event.preventDefault();
		const wanted = name.trim();
		if (wanted === "" || wanted === known.recipe.name) return onDone();
		run(async () => {
			await saveRecipe(known.id, { ...known.recipe, name: wanted });
			onDone();
		});
	};
	return (
		<form class="form-line" onSubmit={rename}>
			<label for={id}>{words.nameLabel}</label>
			<div class="form-row">
				<input
					ref={input}
					id={id}
					class="input"
					autocomplete="off"
					maxLength={80}
					value={name}
					onInput={(event) => setName(event.currentTarget.value)}
					onKeyDown={(event) => event.key === "Escape" && onDone()}
				/>
				<SubmitButton busy={busy ? optionsWords.saving : null}>{optionsWords.save}</SubmitButton>
				<Button look="quiet" onPress={onDone}>
					{optionsWords.cancel}
				</Button>
			</div>
			<Problem>{problem}</Problem>
		</form>
	);
}
