import { useState } from "preact/hooks";
import type { DeviceSessionView } from "../../../../backend/contract/sessions.ts";
import type { WayIn } from "../../../../backend/contract/ways-in.ts";
import { Badge } from "../../parts/badge.tsx";
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
import { useRemote } from "../use-remote.ts";
import { passwordWay, wayTitle } from "./ways.ts";

type DevicesProps = { userId: string; offered: readonly WayIn[] };

/** Where this person is signed in. This device is signed out further down the page, where it says what that means. */
export function Devices({ userId, offered }: DevicesProps) {
	const { client, online } = useWorld();
	const [sessions, reload] = useRemote(`${userId} ${online}`, () => client.sessions());
	const [said, setSaid] = useState("");
	const changed = async (sentence: string) => {
		await reload();
		setSaid(sentence);
	};
	return (
		<section class="section" aria-labelledby="account-devices">
			<h2 id="account-devices">{words.devices}</h2>
			<p class="muted prose">{words.devicesNote}</p>
			<RemoteView remote={sessions} what={words.whatDevices} online={online} onReload={reload} lines={2}>
				{(list) => (
					<>
						<ul class="card rows">
							{list.map((session) => (
								<DeviceRow key={session.id} session={session} offered={offered} onEnded={changed} />
							))}
						</ul>
						<Others count={list.filter(({ current }) => !current).length} onEnded={changed} />
					</>
				)}
			</RemoteView>
			<p class="section-said muted" role="status">
				{said}
			</p>
		</section>
	);
}

type DeviceRowProps = {
	session: DeviceSessionView;
	offered: readonly WayIn[];
	onEnded: (said: string) => Promise<void>;
};

function DeviceRow({ session, offered, onEnded }: DeviceRowProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const name = session.deviceName || words.unnamedDevice;
	const signOut = () =>
		run(async () => {
			await client.endSession(session.id);
			await onEnded(words.signedOutDevice(name));
		});
	return (
		<Row
			mark={{ icon: session.clientId === "sheaf-cli" ? "terminal" : "device" }}
			title={
				<>
					<span>{name}</span>
					{session.current && <Badge>{words.thisDevice}</Badge>}
				</>
			}
			notes={[
				words.clients[session.clientId] ?? session.clientId,
				session.provider === passwordWay ? words.throughPassword : words.through(wayTitle(session.provider, offered)),
				<Moment key="used" instant={session.lastUsedAt} words={words.used} />,
			]}
		>
			{!session.current && (
				<Button
					look="quiet"
					label={words.signOutDeviceOf(name)}
					busy={busy ? words.signingOutDevice : null}
					onPress={signOut}
				>
					{words.signOutDevice}
				</Button>
			)}
			<Problem>{problem}</Problem>
		</Row>
	);
}

function Others({ count, onEnded }: { count: number; onEnded: (said: string) => Promise<void> }) {
	const { client } = useWorld();
	const [asking, setAsking] = useState(false);
	const { busy, problem, run } = useDoing();
	const signOut = () =>
		run(async () => {
			const ended = await client.endOtherSessions();
			setAsking(false);
			await onEnded(words.signedOutOthers(ended));
		});
	if (count === 0) return <p class="muted">{words.onlyThisDevice}</p>;
	return (
		<div class="form-buttons">
			<Button onPress={() => setAsking(true)}>{words.signOutOthers}</Button>
			{asking && (
				<Confirm
					title={words.signOutOthersTitle(count)}
					confirm={words.signOutOthers}
					cancel={optionsWords.cancel}
					busy={busy ? words.signingOutDevice : null}
					onConfirm={signOut}
					onCancel={() => setAsking(false)}
				>
					<p>{words.signOutOthersBody}</p>
					<Problem>{problem}</Problem>
				</Confirm>
			)}
		</div>
	);
}
