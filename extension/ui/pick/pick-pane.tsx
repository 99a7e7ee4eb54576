import { useEffect, useState } from "preact/hooks";
import type { SourceView } from "../../../backend/contract/selections.ts";
import type { Client } from "../../api/client.ts";
import type { Feed } from "../../live/shared-feed.ts";
import { useNews } from "../local/live.ts";
import { may } from "../local/may.ts";
import type { Settings } from "../local/settings.ts";
import { optionsPath } from "../options/route.ts";
import { ButtonLink } from "../parts/button.tsx";
import { Empty } from "../parts/empty.tsx";
import { Soon } from "../parts/soon.tsx";
import { pickWords as words } from "../words/pick.ts";
import { ChooseAccount } from "./choose-account.tsx";
import { ChoosePlace } from "./choose-place.tsx";
import { PickFailure, SignInButton } from "./pick-failure.tsx";
import { PickTable } from "./pick-table.tsx";
import type { ChosenPlace } from "./places.ts";
import { useAsked } from "./use-asked.ts";

/** What picking stands on. */
export type PickWorld = { settings: Settings; online: boolean; client: Client; feed: Feed | null };

/** All of picking: an account, one of its tables, its rows, where they go, and how far they are. */
export function PickPane({ world }: { world: PickWorld }) {
	const { account } = world.settings;
	if (account === null) {
		return (
			<Empty icon="person" action={<SignInButton />}>
				{words.signIn}
			</Empty>
		);
	}
	// Another person's, or another workspace's, accounts are asked for anew.
	return <Accounts key={`${account.userId} ${account.workspaceId}`} world={world} />;
}

function Accounts({ world }: { world: PickWorld }) {
	const { client, online, feed, settings } = world;
	const { asked, again } = useAsked("sources", () => client.sources());
	const [chosen, choose] = useState<string | null>(null);
	useNews(
		feed,
		(news) => news?.lists.includes("connections") ?? false,
		async () => again(),
	);
	useEffect(() => {
		if (online && asked.state === "failed") again();
	}, [online]);
	if (asked.state === "loading") return <Soon>{words.looking.accounts}</Soon>;
	if (asked.state === "failed") {
		return <PickFailure failure={asked.failure} online={online} connectionId={null} onAgain={again} />;
	}
	const source = asked.value.find(({ connectionId }) => connectionId === chosen) ?? asked.value[0];
	if (source === undefined) return <NoAccounts mayConnect={may(settings.account, "connections:write")} />;
	return (
		<Source
			key={source.connectionId}
			world={world}
			source={source}
			choose={<ChooseAccount sources={asked.value} chosen={source} onChoose={choose} />}
		/>
	);
}

function NoAccounts({ mayConnect }: { mayConnect: boolean }) {
	if (!mayConnect) return <Empty icon="people">{words.askAdmin}</Empty>;
	return (
		<Empty
			icon="link"
			action={
				<ButtonLink look="main" newTab href={optionsPath("connections")}>
					{words.connect}
				</ButtonLink>
			}
		>
			{words.noAccounts}
		</Empty>
	);
}

type SourceProps = { world: PickWorld; source: SourceView; choose: preact.JSX.Element };

/** One account: which of its tables, and then that table's rows. */
function Source({ world, source, choose }: SourceProps) {
	const [chosen, setChosen] = useState<ChosenPlace | null>(null);
	return (
		<div class="pick">
			<div class="pick-from">
				{choose}
				<ChoosePlace world={world} source={source} chosen={chosen} onChoose={setChosen} />
			</div>
			{chosen === null && source.advice !== null && (
				<details class="pick-note">
					<summary>{words.advice}</summary>
					{/* The server's own sentence, which it has in English. */}
					<p lang="en" dir="auto">
						{source.advice}
					</p>
				</details>
			)}
			{chosen !== null && (
				<PickTable
					key={JSON.stringify(chosen.place)}
					world={world}
					connectionId={source.connectionId}
					chosen={chosen}
					onKeyColumn={(keyColumn) => setChosen({ ...chosen, place: { ...chosen.place, keyColumn } })}
				/>
			)}
		</div>
	);
}
