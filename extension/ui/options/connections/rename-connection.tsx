import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import { Button, SubmitButton } from "../../parts/button.tsx";
import { Problem } from "../../parts/problem.tsx";
import { optionsWords, connectionWords as words } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";

/** As the server takes it (contract `ConnectionPatch`). */
const longestName = 80;

/** Another name for an account, so that two of one provider can be told apart. */
export function RenameConnection({ connection, onDone }: { connection: ConnectionView; onDone: () => void }) {
	const { client, reload } = useWorld();
	const [name, setName] = useState(connection.name);
	const { busy, problem, run } = useDoing();
	const input = useRef<HTMLInputElement>(null);
	const id = useId();
	useEffect(() => input.current?.select(), []);
	const rename = (event: Event) => {
		event.preventDefault();
		const wanted = name.trim();
		if (wanted === "" || wanted === connection.name) return onDone();
		run(async () => {
			await client.changeConnection(connection.id, { name: wanted });
			await reload();
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
					maxLength={longestName}
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
