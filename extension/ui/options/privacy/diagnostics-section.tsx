import { useId, useState } from "preact/hooks";
import { askDataConsent, dropDataConsent } from "../../../settings/data-consent.ts";
import { sendDiagnosticsOf } from "../../../settings/send-diagnostics.ts";
import { openOwnRing, startSending } from "../../local/diagnostics.ts";
import { Button } from "../../parts/button.tsx";
import { useCopyDiagnostics } from "../../parts/copy-diagnostics.tsx";
import { Problem } from "../../parts/problem.tsx";
import { diagnosticsWords as words } from "../../words/diagnostics.ts";
import { useWorld } from "../context.ts";
import { Deed } from "../deed.tsx";
import { useDoing } from "../use-doing.ts";
import { EntryList } from "./entry-list.tsx";
import { useSending } from "./use-sending.ts";

/** What Sheaf notes of itself (OBS-3): to see, to copy, to delete, and to send once somebody says so. */
export function DiagnosticsSection() {
	const { settings } = useWorld();
	return (
		<section class="section">
			<h2>{words.title}</h2>
			<p class="prose">{settings.account ? `${words.lead} ${words.signOut}` : words.lead}</p>
			<ul class="card rows">
				<CopyDeed />
				<SendSwitch />
				<ClearDeed />
			</ul>
			<EntryList key={settings.account?.userId ?? "guest"} />
		</section>
	);
}

function CopyDeed() {
	const { busy, said, copy } = useCopyDiagnostics();
	return (
		<Deed title={words.copy.title} body={words.copy.body} said={said}>
			<Button icon="copy" busy={busy} onPress={copy}>
				{words.copy.button}
			</Button>
		</Deed>
	);
}

function SendSwitch() {
	const { settings } = useWorld();
	const [on, known] = useSending();
	const [said, setSaid] = useState("");
	const { problem, run } = useDoing();
	const [title, note] = [useId(), useId()];
	const userId = settings.account?.userId ?? null;
	const change = (wanted: boolean) => {
		if (userId === null) return;
		run(async () => {
			setSaid(await (wanted ? switchOn(userId) : switchOff()));
		});
	};
	return (
		<li class="row deed">
			<div class="row-words">
				<h3 class="row-title" id={title}>
					{words.send.title}
				</h3>
				<p class="muted" id={note}>
					{userId === null ? words.send.guest : words.send.body(settings.serverUrl)}
				</p>
				<p class="deed-said" role="status">
					{said}
				</p>
				<Problem>{problem}</Problem>
			</div>
			<div class="row-side">
				<input
					class="check"
					type="checkbox"
					role="switch"
					aria-labelledby={title}
					aria-describedby={note}
					disabled={userId === null || !known}
					checked={on}
					onChange={(event) => change(event.currentTarget.checked)}
				/>
			</div>
		</li>
	);
}

async function switchOn(userId: string): Promise<string> {
	if (!(await askDataConsent())) return words.send.refused;
	await startSending(userId);
	return words.send.on;
}

async function switchOff(): Promise<string> {
	await sendDiagnosticsOf.setValue(null);
	await dropDataConsent();
	return words.send.off;
}

function ClearDeed() {
	const [said, setSaid] = useState("");
	const { busy, problem, run } = useDoing();
	const clear = async () => {
		const ring = await openOwnRing();
		try {
			await ring.clear();
		} finally {
			ring.close();
		}
		setSaid(words.clear.done);
	};
	return (
		<Deed title={words.clear.title} body={words.clear.body} said={said} problem={problem}>
			<Button disabled={busy} onPress={() => run(clear)}>
				{words.clear.button}
			</Button>
		</Deed>
	);
}
