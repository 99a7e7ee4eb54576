import type { ComponentChild } from "preact";
import { useId, useState } from "preact/hooks";
import type { ActivityEntry, ActivityQuery } from "../../../../backend/contract/activity.ts";
import { Button } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { longWhen, shortWhen } from "../../when.ts";
import { changePieces, activityWords as words } from "../../words/activity.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";

type About = keyof typeof words.abouts;
const abouts = Object.keys(words.abouts) as About[];

/** Who changed what and when, the newest first, a page at a time. */
export function Changes({ who }: { who: string }) {
	const id = useId();
	const { client, online } = useWorld();
	const [about, setAbout] = useState<About>("all");
	const query: ActivityQuery = about === "all" ? {} : { about };
	const key = [who, about, online].join(" ");
	const [first, reload] = useRemote(key, () => client.activity(query));
	return (
		<section class="section" aria-labelledby={id}>
			<div class="section-head">
				<h2 id={id}>{words.changes}</h2>
				<select
					class="input"
					aria-label={words.about}
					value={about}
					onChange={(event) => setAbout(event.currentTarget.value as About)}
				>
					{abouts.map((one) => (
						<option key={one} value={one}>
							{words.abouts[one]}
						</option>
					))}
				</select>
			</div>
			<RemoteView remote={first} what={words.what} online={online} lines={6} onReload={reload}>
				{(page) => <Pages key={key} first={page.entries} cursor={page.nextCursor} query={query} />}
			</RemoteView>
		</section>
	);
}

type PagesProps = { first: readonly ActivityEntry[]; cursor: string | null; query: ActivityQuery };

function Pages({ first, cursor, query }: PagesProps) {
	const { client } = useWorld();
	const { busy, problem, run } = useDoing();
	const [more, setMore] = useState<{ entries: ActivityEntry[]; cursor: string | null }>({ entries: [], cursor });
	const showMore = () =>
		run(async () => {
			if (more.cursor === null) return;
			const page = await client.activity({ ...query, cursor: more.cursor });
			setMore({ entries: [...more.entries, ...page.entries], cursor: page.nextCursor });
		});
	if (first.length === 0) return <Empty icon="list">{words.noChanges}</Empty>;
	return (
		<>
			<ol class="card rows">
				{[...first, ...more.entries].map((entry) => (
					<Change key={entry.id} entry={entry} />
				))}
			</ol>
			{more.cursor !== null && (
				<Button busy={busy ? words.more : null} onPress={showMore}>
					{words.more}
				</Button>
			)}
			<p class="field-problem" role="status">
				{problem}
			</p>
		</>
	);
}

function Change({ entry }: { entry: ActivityEntry }) {
	const { who, device, subject, action } = entry;
	const at = Date.parse(entry.at);
	const name = who === null ? words.bySheaf : (who.name ?? words.formerMember);
	const places: Readonly<Record<string, ComponentChild>> = {
		who: <strong>{name}</strong>,
		subject: subject.name && <span class="change-subject">{subject.name}</span>,
	};
	return (
		<li class="row fact-row">
			<span class="change">
				{changePieces(action).map((piece, at) => (at % 2 === 0 ? piece : places[piece]))}
				{device && <span class="muted"> {words.on(device)}</span>}
			</span>
			<time class="muted" dateTime={entry.at} title={longWhen(at)}>
				{shortWhen(at, Date.now())}
			</time>
		</li>
	);
}
