import type { SelectionView } from "../../../../backend/contract/selections.ts";
import { ButtonLink } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { NotLive } from "../../parts/not-live.tsx";
import { selectionWords as words } from "../../words/selections.ts";
import { may, useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { optionsPath, type Route } from "../route.ts";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { EditPicked, PickPane } from "./pick-parts.tsx";
import { SelectionActions } from "./selection-actions.tsx";
import { SelectionDetail } from "./selection-detail.tsx";
import { SelectionHead } from "./selection-head.tsx";
import { useSelections } from "./use-selections.ts";

type SelectionsRoute = Extract<Route, { page: "selections" }>;

/** What is picked from connected accounts and kept in step (J6), as it changes. */
export function SelectionsPage({ route }: { route: SelectionsRoute }) {
	return useWorld().settings.account === null ? <SignInNeeded>{words.signIn}</SignInNeeded> : <Place route={route} />;
}

function Place({ route: { adding, selectionId, picking } }: { route: SelectionsRoute }) {
	const world = useWorld();
	const { online, feed } = world;
	const [remote, reload] = useSelections();
	if (adding) {
		return (
			<>
				<Back />
				<div class="card pick-card">
					<PickPane world={world} />
				</div>
			</>
		);
	}
	return (
		<>
			{selectionId !== null && <Back />}
			<NotLive feed={feed} online={online} />
			<RemoteView remote={remote} what={words.what} online={online} lines={2} onReload={reload}>
				{(selections) =>
					selectionId === null ? (
						<List selections={selections} onChanged={reload} />
					) : (
						<One selection={selections.find(({ id }) => id === selectionId)} picking={picking} onChanged={reload} />
					)
				}
			</RemoteView>
		</>
	);
}

function Back() {
	return (
		<a class="back" href={optionsPath("selections")}>
			<Icon name="back" />
			{words.back}
		</a>
	);
}

type OneProps = { selection: SelectionView | undefined; picking: boolean; onChanged: () => Promise<void> };

function One({ selection, picking, onChanged }: OneProps) {
	if (selection && picking) return <EditPicked key={selection.id} selection={selection} onChanged={onChanged} />;
	if (selection) return <SelectionDetail key={selection.id} selection={selection} onChanged={onChanged} />;
	return (
		<Empty icon="picked" action={<ButtonLink href={optionsPath("selections")}>{words.back}</ButtonLink>}>
			{words.missing}
		</Empty>
	);
}

type ListProps = { selections: readonly SelectionView[]; onChanged: () => Promise<void> };

function List({ selections, onChanged }: ListProps) {
	const world = useWorld();
	const writes = may(world, "targets:write");
	const workspaceName = world.settings.account?.workspaceName ?? "";
	if (selections.length === 0) {
		return (
			<div class="card">
				<Empty icon="picked" action={writes && <Pick />}>
					{writes ? words.empty : words.emptyViewer(workspaceName)}
				</Empty>
			</div>
		);
	}
	return (
		<>
			<div class="section-head">
				<p class="lead">{words.lead}</p>
				{writes && <Pick />}
			</div>
			{!writes && <p class="muted">{words.viewer(workspaceName)}</p>}
			<ul class="stack">
				{selections.map((selection) => (
					<li class="card item" key={selection.id}>
						<SelectionHead selection={selection} />
						{writes ? (
							<SelectionActions selection={selection} onChanged={onChanged}>
								<Open id={selection.id} />
							</SelectionActions>
						) : (
							<div class="item-actions">
								<Open id={selection.id} />
							</div>
						)}
					</li>
				))}
			</ul>
		</>
	);
}

const Pick = () => (
	<ButtonLink look="main" icon="plus" href={optionsPath("selections", "new")}>
		{words.pick}
	</ButtonLink>
);

const Open = ({ id }: { id: string }) => <ButtonLink href={optionsPath("selections", id)}>{words.open}</ButtonLink>;
