import { useState } from "preact/hooks";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import type { Account } from "../../../settings/account.ts";
import { canSync } from "../../local/may.ts";
import { Banner } from "../../parts/banner.tsx";
import { ButtonLink } from "../../parts/button.tsx";
import { Empty } from "../../parts/empty.tsx";
import { healthOf } from "../../popup/health.ts";
import { optionsWords, overviewWords as words } from "../../words/options.ts";
import { popupWords } from "../../words/popup.ts";
import { actionWords } from "../../words/status.ts";
import { useWorld } from "../context.ts";
import { problemPath } from "../problem-path.ts";
import { RecordList } from "../records/record-list.tsx";
import { optionsPath } from "../route.ts";
import { FirstSteps } from "./first-steps.tsx";
import { nextStep, stepsOf } from "./steps.ts";

/** How many captures the overview lists. */
const overviewCaptures = 8;

export function OverviewPage() {
	const { settings, records } = useWorld();
	const steps = stepsOf({ account: settings.account, targets: settings.targets, recent: records.recent });
	// Stays until the page is left, so that the last tick is seen.
	const [open] = useState(nextStep(steps) !== null);
	// They can do none of the steps here.
	const looksOnly = settings.account !== null && !canSync(settings.account);
	// The first steps say in whose name, too.
	const stepping = !looksOnly && (open || nextStep(steps) !== null);
	return (
		<>
			<p class="lead">{words.lead}</p>
			{settings.account && !stepping && <WhoIsHere account={settings.account} />}
			<Trouble />
			{stepping && <FirstSteps steps={steps} />}
			{looksOnly && records.recent.length === 0 && (
				<div class="card">
					<Empty icon="archive">{words.emptyViewer}</Empty>
				</div>
			)}
			{(records.recent.length > 0 || settings.targets.length > 0) && <Tiles />}
			{records.recent.length > 0 && (
				<section>
					<div class="section-head">
						<h2>{words.recent}</h2>
						<ButtonLink look="quiet" size="small" href={optionsPath("records")}>
							{words.allRecords}
						</ButtonLink>
					</div>
					<RecordList records={records.recent.slice(0, overviewCaptures)} />
				</section>
			)}
		</>
	);
}

/** In whose name, and where; the way to both. */
function WhoIsHere({ account }: { account: Account }) {
	return (
		<p class="muted">
			{words.signedInAs(account.email)} <a href={optionsPath("account")}>{optionsWords.pages.account}</a>
			{" · "}
			<a href={optionsPath("workspace")}>{account.workspaceName}</a>
		</p>
	);
}

/** How much there is of everything, each leading to its page. */
function Tiles() {
	const { settings, records, catalog } = useWorld();
	const connections = catalog.state === "ready" ? catalog.value.connections.length : null;
	return (
		<div class="tiles">
			<Tile label={words.waiting} count={records.counts.waiting} href={optionsPath("records", "waiting")} />
			<Tile label={words.needsYou} count={records.counts.needsYou} href={optionsPath("records", "needs_you")} />
			{settings.account && (
				<Tile label={optionsWords.pages.targets} count={settings.targets.length} href={optionsPath("targets")} />
			)}
			{connections !== null && (
				<Tile label={optionsWords.pages.connections} count={connections} href={optionsPath("connections")} />
			)}
		</div>
	);
}

function Tile({ label, count, href }: { label: string; count: number; href: string }) {
	return (
		<a class="card tile" href={href} data-none={count === 0}>
			<span class="tile-count">{count}</span>
			<span class="muted">{label}</span>
		</a>
	);
}

/** The same line as at the foot of the popup: what is broken, and the place where it is mended. */
function Trouble() {
	const { settings, records } = useWorld();
	const health = healthOf({
		settings,
		unsettled: records.unsettled,
		waiting: records.counts.waiting,
		target: null,
		online: true,
	});
	if (health?.kind !== "broken") return null;
	const sentence = errorSentence(health.problem, { provider: health.target.providerTitle });
	return (
		<div class="card-banner">
			<Banner
				tone="warn"
				icon="alert"
				action={
					<ButtonLink size="small" href={problemPath(health.problem.action, health.target)}>
						{actionWords[health.problem.action]}
					</ButtonLink>
				}
			>
				{popupWords.targetBroken(sentence, health.waiting)}
			</Banner>
		</div>
	);
}
