import { useState } from "preact/hooks";
import { Icon } from "../../parts/icon.tsx";
import { formWords } from "../../words/form.ts";
import { inputWords } from "../../words/inputs.ts";
import type { FormValue, ListInputKind } from "../input-kinds.ts";
import { described, type FieldInputProps } from "./input-props.ts";
import { useItems } from "./use-items.ts";

type Files = Extract<FormValue, { input: ListInputKind }>;

/** Addresses of files, each with its picture or its name. The destination fetches them from there. */
export function FilesInput({ value, onChange, ...rest }: FieldInputProps<Files>) {
	const { text, remove, onInput, onBlur, onKeyDown } = useItems({ value, onChange, addsAt: ["Enter"] });
	return (
		<span class="files">
			{value.items.map((item) => (
				<File key={item} address={item} onRemove={() => remove(item)} />
			))}
			<input
				id={rest.id}
				class="input"
				type="text"
				inputMode="url"
				autocomplete="off"
				spellcheck={false}
				placeholder={inputWords.addFile}
				value={text}
				onInput={onInput}
				onKeyDown={onKeyDown}
				onBlur={onBlur}
				{...described(rest)}
			/>
		</span>
	);
}

function File({ address, onRemove }: { address: string; onRemove: () => void }) {
	const [broken, setBroken] = useState(false);
	const path = URL.parse(address)?.pathname ?? "";
	const name = decodeURIComponentOr(path.split("/").at(-1) ?? "") || address;
	return (
		<span class="file">
			<span class="file-picture" aria-hidden="true">
				{broken || !URL.canParse(address) ? (
					<Icon name="page" />
				) : (
					<img src={address} alt="" referrerpolicy="no-referrer" loading="lazy" onError={() => setBroken(true)} />
				)}
			</span>
			<span class="clip" title={address}>
				{name}
			</span>
			<button type="button" class="chip-remove" aria-label={formWords.listRemove(name)} onClick={onRemove}>
				<Icon name="close" />
			</button>
		</span>
	);
}

/** A name may hold a percent sign that begins nothing. */
function decodeURIComponentOr(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
