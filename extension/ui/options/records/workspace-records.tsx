import type { RecordView } from "../../../../backend/contract/records.ts";
import { blobAddress } from "../../../blobs/address.ts";
import { picturesOfFields } from "../../../outbox/picture-references.ts";
import { useNews } from "../../local/live.ts";
import { Empty } from "../../parts/empty.tsx";
import { NotLive } from "../../parts/not-live.tsx";
import { StatusLine } from "../../parts/status-line.tsx";
import { WebLink } from "../../parts/web-link.tsx";
import { KeptPicture } from "../../record/kept-picture.tsx";
import { agoWhen, longWhen } from "../../when.ts";
import { noteWords, recordsWords as words } from "../../words/records.ts";
import { unknownDestination } from "../../words/shared.ts";
import { useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { useRemote } from "../use-remote.ts";
import { RecordTabs } from "./record-tabs.tsx";

/** Everybody's records in the workspace, the newest change first, as they change; or one of them. */
export function WorkspaceRecords({ recordId }: { recordId: string | null }) {
	const { client, settings, online, feed } = useWorld();
	const { account } = settings;
	const key = account ? `${account.userId} ${account.workspaceId}` : null;
	const [remote, reload] = useRemote(key, async () =>
		recordId === null ? (await client.records({})).records : await client.recordsById([recordId]),
	);
	useNews(feed, (news) => news === null || news.records.length > 0 || news.gone.length > 0, reload);
	if (account === null) return <SignInNeeded>{words.workspaceLead}</SignInNeeded>;
	return (
		<>
			<p class="lead">{words.workspaceLead}</p>
			<NotLive feed={feed} online={online} />
			<div class="section-head">
				<RecordTabs tab={recordId === null ? "workspace" : null} />
			</div>
			<RemoteView remote={remote} what={words.workspaceWhat} online={online} onReload={reload}>
				{(records) =>
					records.length === 0 ? (
						<div class="card">
							<Empty icon="archive">{words.empty.workspace}</Empty>
						</div>
					) : (
						<ul class="card record-list">
							{records.map((record) => (
								<WorkspaceRecord key={record.id} record={record} />
							))}
						</ul>
					)
				}
			</RemoteView>
		</>
	);
}

function WorkspaceRecord({ record }: { record: RecordView }) {
	const { settings } = useWorld();
	const target = settings.targets.find(({ id }) => id === record.targetId);
	const pictures = picturesOfFields(record.fields).map(blobAddress);
	const at = Date.parse(record.updatedAt);
	const state = record.undoing ? "undoing" : record.status;
	const standing = {
		...record,
		state,
		undo: record.undo?.kind ?? null,
		inReview: record.review === "waiting",
	} as const;
	const note = noteWords(standing);
	const line = <StatusLine record={standing} providerTitle={target?.providerTitle ?? unknownDestination} />;
	return (
		<li class="record-line" data-state={state} data-reasoned={state === "needs_you" || note !== null}>
			{note === null ? (
				line
			) : (
				<span class="record-line-reason">
					{line}
					{note}
				</span>
			)}
			<span class="record-line-title clip">
				<WebLink href={record.source.url} title={record.source.url}>
					{record.source.title || record.source.url}
				</WebLink>
			</span>
			<span class="muted clip">{target?.name ?? words.noTarget}</span>
			<time class="muted" dateTime={record.updatedAt} title={longWhen(at)}>
				{agoWhen(at, Date.now())}
			</time>
			{pictures.map((address) => (
				<KeptPicture key={address} address={address} />
			))}
		</li>
	);
}
