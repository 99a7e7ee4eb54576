import { useId, useState } from "preact/hooks";
import type { TriggerCreated, TriggerView } from "../../../../backend/contract/events.ts";
import { Button } from "../../parts/button.tsx";
import { CopyField } from "../../parts/copy-field.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Problem } from "../../parts/problem.tsx";
import { agoWhen, longWhen } from "../../when.ts";
import { optionsWords } from "../../words/options.ts";
import { triggerWords as words } from "../../words/webhooks.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";

/** The address that starts a target's run (SYNC-7): made, looked at, made anew, taken away. */
export function TriggerSection({ targetId }: { targetId: string }) {
	const { client, online } = useWorld();
	const [trigger, reload] = useRemote(`${targetId} ${online}`, () => client.trigger(targetId));
	const id = useId();
	return (
		<section class="section" aria-labelledby={id}>
			<h2 id={id}>{words.title}</h2>
			<p class="muted prose">{words.body}</p>
			<RemoteView remote={trigger} what={words.what} online={online} onReload={reload} lines={1}>
				{(found) => <Trigger targetId={targetId} trigger={found} onChanged={reload} />}
			</RemoteView>
		</section>
	);
}

type TriggerProps = { targetId: string; trigger: TriggerView["trigger"]; onChanged: () => Promise<void> };

function Trigger({ targetId, trigger, onChanged }: TriggerProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const [made, setMade] = useState<TriggerCreated | null>(null);
	const [asking, setAsking] = useState<"renew" | "remove" | null>(null);
	const renew = () =>
		run(async () => {
			setMade(await client.renewTrigger(targetId));
			setAsking(null);
			await onChanged();
		});
	const remove = () =>
		run(async () => {
			await client.removeTrigger(targetId);
			setMade(null);
			setAsking(null);
			await onChanged();
		});
	if (trigger === null) return <NoTrigger busy={busy} problem={problem} onMake={renew} />;
	return (
		<div class={made ? "card item shown-once" : "card item"}>
			<CopyField label={words.address} value={trigger.url} copy={words.copyAddress} note={usedNote(trigger)} />
			{made && (
				<CopyField
					label={words.secret}
					value={made.secret}
					copy={words.copySecret}
					note={{ words: words.shownOnce }}
					first
				/>
			)}
			<div class="item-actions">
				<Button onPress={() => setAsking("renew")}>{words.renew}</Button>
				<Button look="quiet" onPress={() => setAsking("remove")}>
					{words.remove}
				</Button>
			</div>
			{asking && (
				<AskFirst
					about={asking}
					busy={busy}
					problem={problem}
					onConfirm={asking === "renew" ? renew : remove}
					onCancel={() => setAsking(null)}
				/>
			)}
		</div>
	);
}

type NoTriggerProps = { busy: boolean; problem: string | null; onMake: () => void };

function NoTrigger({ busy, problem, onMake }: NoTriggerProps) {
	return (
		<div class="card item">
			<p class="muted">{words.none}</p>
			<div class="item-actions">
				<Button busy={busy ? words.making : null} onPress={onMake}>
					{words.make}
				</Button>
			</div>
			<Problem>{problem}</Problem>
		</div>
	);
}

type AskFirstProps = {
	about: "renew" | "remove";
	busy: boolean;
	problem: string | null;
	onConfirm: () => void;
	onCancel: () => void;
};

/** Programs may lean on the present address, and it cannot be brought back. */
function AskFirst({ about, busy, problem, onConfirm, onCancel }: AskFirstProps) {
	const said = about === "renew" ? renewing : removing;
	return (
		<Confirm
			title={said.title}
			confirm={said.confirm}
			cancel={optionsWords.cancel}
			busy={busy ? said.busy : null}
			onConfirm={onConfirm}
			onCancel={onCancel}
		>
			<p>{said.body}</p>
			<Problem>{problem}</Problem>
		</Confirm>
	);
}

const renewing = { title: words.renewTitle, confirm: words.renew, busy: words.making, body: words.renewBody };
const removing = { title: words.removeTitle, confirm: words.remove, busy: words.removing, body: words.removeBody };

function usedNote({ lastUsedAt }: { lastUsedAt: string | null }): { words: string; title?: string } {
	if (lastUsedAt === null) return { words: words.neverUsed };
	const time = Date.parse(lastUsedAt);
	return { words: words.used(agoWhen(time, Date.now())), title: longWhen(time) };
}
