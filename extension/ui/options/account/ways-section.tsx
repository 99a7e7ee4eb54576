import { useState } from "preact/hooks";
import type { WayIn } from "../../../../backend/contract/ways-in.ts";
import { ask } from "../../../messages/ask.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Row } from "../../parts/row.tsx";
import { accountWords as words } from "../../words/account.ts";
import { optionsWords } from "../../words/options.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import type { Remote } from "../use-remote.ts";
import { PasswordForm } from "./password-form.tsx";
import { type LinkedWay, passwordWay, type WaysView } from "./ways.ts";

type WaysProps = { ways: Remote<WaysView>; onChanged: () => Promise<void> };

/** How this person can sign in: what there is, what can be added, and the password. */
export function Ways({ ways, onChanged }: WaysProps) {
	const { online } = useWorld();
	const [said, setSaid] = useState("");
	const changed = async (sentence: string) => {
		await onChanged();
		setSaid(sentence);
	};
	return (
		<section class="section" aria-labelledby="account-ways">
			<h2 id="account-ways">{words.ways}</h2>
			<p class="muted prose">{words.waysNote}</p>
			<RemoteView remote={ways} what={words.whatWays} online={online} onReload={onChanged} lines={2}>
				{(value) => (
					<>
						<ul class="card rows">
							{value.linked.map((way) => (
								<WayRow key={way.account.id} way={way} onRemoved={() => changed("")} />
							))}
						</ul>
						<Additions ways={value} onAdded={changed} />
					</>
				)}
			</RemoteView>
			<p class="section-said muted" role="status">
				{said}
			</p>
		</section>
	);
}

function WayRow({ way, onRemoved }: { way: LinkedWay; onRemoved: () => Promise<void> }) {
	const { client } = useWorld();
	const [asking, setAsking] = useState(false);
	const { busy, problem, run } = useDoing();
	const { account, title, label, keptBecause } = way;
	const remove = () =>
		run(async () => {
			await client.unlinkAccount(account.id);
			await onRemoved();
		});
	return (
		<Row
			mark={{ icon: account.provider === passwordWay ? "key" : "globe" }}
			title={
				<>
					<span>{title}</span>
					{label !== "" && <span class="row-title-more muted">{label}</span>}
				</>
			}
			notes={[
				<Moment key="added" instant={account.linkedAt} words={words.added} />,
				account.lastUsedAt !== null && <Moment key="used" instant={account.lastUsedAt} words={words.used} />,
			]}
			reason={keptBecause}
		>
			{keptBecause === null && (
				<Button look="quiet" label={words.removeWayOf(title)} onPress={() => setAsking(true)}>
					{words.removeWay}
				</Button>
			)}
			{asking && (
				<Confirm
					title={words.removeWayTitle(title)}
					confirm={words.removeWay}
					cancel={optionsWords.cancel}
					busy={busy ? words.removingWay : null}
					onConfirm={remove}
					onCancel={() => setAsking(false)}
				>
					<p>{words.removeWayBody(title, label)}</p>
					<Problem>{problem}</Problem>
				</Confirm>
			)}
		</Row>
	);
}

type AdditionsProps = { ways: WaysView; onAdded: (said: string) => Promise<void> };

/** One button for each way that is not there yet; the password opens a form in place. */
function Additions({ ways, onAdded }: AdditionsProps) {
	const [typing, setTyping] = useState(false);
	const { adding, problem, add } = useAdding(onAdded);
	const passwordWords = ways.password === "set" ? words.passwordChange : words.passwordSet;
	if (typing) {
		return (
			<PasswordForm
				title={passwordWords}
				hasOne={ways.password === "set"}
				onDone={async () => {
					setTyping(false);
					await onAdded(words.passwordSaved);
				}}
				onCancel={() => setTyping(false)}
			/>
		);
	}
	return (
		<>
			<div class="form-buttons">
				{ways.addable.map((way) => (
					<Button
						key={way.id}
						icon="plus"
						busy={adding === way.id ? words.addingWay : null}
						disabled={adding !== null}
						onPress={() => add(way)}
					>
						{words.addWay(way.title)}
					</Button>
				))}
				{ways.password !== "not-offered" && (
					<Button icon="key" onPress={() => setTyping(true)}>
						{passwordWords}
					</Button>
				)}
			</div>
			<Problem>{problem}</Problem>
		</>
	);
}

function useAdding(onAdded: (said: string) => Promise<void>) {
	const [adding, setAdding] = useState<string | null>(null);
	const { problem, run } = useDoing();
	const link = async (way: WayIn) => {
		const answer = await ask("session.link", { provider: way.id });
		if (answer.kind === "failed") throw new Error(words.notAddedWay(way.title, answer.message));
		if (answer.kind === "linked") await onAdded(words.addedWay(way.title));
	};
	const add = (way: WayIn) => {
		setAdding(way.id);
		run(() => link(way).finally(() => setAdding(null)));
	};
	return { adding, problem, add };
}
