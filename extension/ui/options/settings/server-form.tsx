import { useId, useState } from "preact/hooks";
import { ask } from "../../../messages/ask.ts";
import { serverUrl } from "../../../settings/items.ts";
import { optionsWords } from "../../words/options.ts";
import { settingsWords as words } from "../../words/records.ts";
import { useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { readServerAddress } from "./server-address.ts";

/** Longer than a healthy server takes to say that it is there. */
const checkMs = 8_000;

/** For self-hosters: the server's address, asked whether it is a Sheaf server before anything is changed. */
export function ServerForm() {
	const { text, setText, said, good, busy, changed, submit } = useServerAddress();
	const id = useId();
	return (
		<section class="form-part">
			<form onSubmit={submit}>
				<label for={id}>
					<h2>{words.server}</h2>
				</label>
				<p class="muted" id={`${id}-note`}>
					{words.serverNote}
				</p>
				<div class="form-row">
					<input
						id={id}
						class="input mono"
						type="text"
						inputMode="url"
						autocomplete="off"
						spellcheck={false}
						aria-describedby={`${id}-note ${id}-said`}
						value={text}
						onInput={(event) => setText(event.currentTarget.value)}
					/>
					<button class="button" aria-disabled={busy || !changed ? "true" : undefined}>
						{busy ? words.checking : optionsWords.save}
					</button>
				</div>
				<p id={`${id}-said`} role="status" class={good ? "muted" : "field-problem"}>
					{said}
				</p>
			</form>
		</section>
	);
}

/** Another server is another world of accounts: the session of the one that is left ends first. */
function useServerAddress() {
	const { settings } = useWorld();
	const [text, setText] = useState(settings.serverUrl);
	const [said, setSaid] = useState<string | null>(null);
	const { busy, problem, run } = useDoing();
	const submit = (event: Event) => {
		event.preventDefault();
		const address = readServerAddress(text);
		setSaid(address.ok ? null : words.serverProblems[address.problem]);
		if (!address.ok || address.url === settings.serverUrl) return;
		run(async () => {
			await checkServer(address.url);
			if (settings.account) await ask("session.signOut", {});
			await serverUrl.setValue(address.url);
			setText(address.url);
			setSaid(words.serverSaved);
		});
	};
	return {
		text,
		setText: (next: string) => {
			setText(next);
			setSaid(null);
		},
		said: said ?? problem,
		good: said === words.serverSaved,
		busy,
		changed: text.trim() !== settings.serverUrl,
		submit,
	};
}

/** @throws Error with a sentence when no Sheaf server answers there. */
async function checkServer(url: string): Promise<void> {
	const answer = await fetch(`${url}/.well-known/oauth-authorization-server`, {
		credentials: "omit",
		signal: AbortSignal.timeout(checkMs),
	}).catch(() => null);
	const metadata: unknown = answer?.ok ? await answer.json().catch(() => null) : null;
	const isServer = typeof metadata === "object" && metadata !== null && "authorization_endpoint" in metadata;
	if (!isServer) throw new Error(words.serverUnreachable);
}
