import { ButtonLink } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Icon } from "../../parts/icon.tsx";
import { targetWords as words } from "../../words/targets.ts";
import { type Catalog, may, useWorld } from "../context.ts";
import { destinationsOf } from "../destinations.ts";
import { RemoteView } from "../remote-view.tsx";
import { optionsPath, type Route } from "../route.ts";
import { SignInNeeded } from "../sign-in-needed.tsx";
import { EditTarget } from "./edit-target.tsx";
import { NewTarget } from "./new-target.tsx";
import { TargetCard } from "./target-card.tsx";

type TargetsRoute = Extract<Route, { page: "targets" }>;

export function TargetsPage({ route }: { route: TargetsRoute }) {
	const { settings, catalog, online, reload } = useWorld();
	if (!settings.account) return <SignInNeeded>{words.signIn}</SignInNeeded>;
	return (
		<RemoteView remote={catalog} what={words.what} online={online} onReload={reload}>
			{(value) => <Place route={route} catalog={value} />}
		</RemoteView>
	);
}

function Place({ route, catalog }: { route: TargetsRoute; catalog: Catalog }) {
	const { settings } = useWorld();
	if (route.adding) {
		return (
			<>
				<SubPageHead title={words.newTitle} />
				<NewTarget key={route.connectionId} catalog={catalog} connectionId={route.connectionId} />
			</>
		);
	}
	if (route.targetId === null) return <TargetList catalog={catalog} />;
	const target = settings.targets.find((one) => one.id === route.targetId);
	return target ? (
		<>
			<SubPageHead title={words.editTitle(target.name)} />
			<EditTarget key={target.id} target={target} />
		</>
	) : (
		<Empty icon="table" action={<ButtonLink href={optionsPath("targets")}>{words.back}</ButtonLink>}>
			{words.gone}
		</Empty>
	);
}

function SubPageHead({ title }: { title: string }) {
	return (
		<div>
			<a class="back" href={optionsPath("targets")}>
				<Icon name="back" />
				{words.back}
			</a>
			<h2 class="sub-title">{title}</h2>
		</div>
	);
}

function TargetList({ catalog }: { catalog: Catalog }) {
	const world = useWorld();
	const { targets, account } = world.settings;
	const workspaceName = account?.workspaceName ?? "";
	const connected = destinationsOf(catalog).length > 0;
	const add = connected ? (
		<ButtonLink look="main" icon="plus" href={optionsPath("targets", "new")}>
			{words.add}
		</ButtonLink>
	) : (
		<ButtonLink look="main" href={optionsPath("connections")}>
			{words.connectFirst}
		</ButtonLink>
	);
	const canAdd = may(world, "targets:write");
	if (targets.length === 0) {
		return (
			<div class="card">
				<Empty icon="table" action={canAdd && add}>
					{canAdd ? (connected ? words.empty : words.noConnection) : words.emptyViewer(workspaceName)}
				</Empty>
			</div>
		);
	}
	return (
		<>
			<div class="section-head">
				<p class="lead">{words.lead}</p>
				{canAdd && add}
			</div>
			<ul class="stack">
				{targets.map((target) => (
					<TargetCard key={target.id} target={target} />
				))}
			</ul>
		</>
	);
}
