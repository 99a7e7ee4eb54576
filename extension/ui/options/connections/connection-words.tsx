import type { ConnectionView } from "../../../../backend/contract/connections.ts";
import type { ProviderView } from "../../../../backend/contract/providers.ts";
import { errorSentence } from "../../../i18n/error-sentence.ts";
import { locale } from "../../../i18n/locale.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { Moment } from "../../parts/moment.tsx";
import { longWhen } from "../../when.ts";
import { connectionWords as words } from "../../words/options.ts";
import { profileWords } from "../../words/profiles.ts";
import { selectionWords } from "../../words/selections.ts";
import { optionsPath } from "../route.ts";
import { shownSettings } from "./file-kinds.ts";
import { ProviderIcon } from "./provider-icon.tsx";

const statusIcons: Record<ConnectionView["status"], IconName> = {
	healthy: "check",
	revoked: "alert",
	failing: "alert",
	rate_limited: "pause",
	expiring: "alert",
	expired: "alert",
	schema_changed: "alert",
	paused: "pause",
	disconnected: "plug",
};

type ConnectionWordsProps = {
	connection: ConnectionView;
	provider: ProviderView | undefined;
	/** What the selections are called that pick from it; null: none. */
	pickedBy: string | null;
};

/** Who an account is, how it is, and what there is to know of it. */
export function ConnectionWords({ connection, provider, pickedBy }: ConnectionWordsProps) {
	const { status, problem } = connection;
	return (
		<>
			<div class="item-head">
				<ProviderIcon icon={provider?.icon} />
				<h2>{connection.name}</h2>
				{connection.account !== connection.name && <span class="muted clip">{connection.account}</span>}
				<span class="health" data-status={status}>
					<Icon name={statusIcons[status]} />
					{words.status[status]}
				</span>
			</div>
			{problem && <p>{errorSentence(problem, { provider: connection.name })}</p>}
			<Facts connection={connection} provider={provider} pickedBy={pickedBy} />
		</>
	);
}

function Facts({ connection, provider, pickedBy }: ConnectionWordsProps) {
	const { scopes, waiting, connectedBy, settings } = connection;
	return (
		<p class="muted item-facts">
			{connection.profile && <span>{profileWords.now(connection.profile.name)}</span>}
			{connection.profile?.detail && <span>{connection.profile.detail}</span>}
			{connection.lastCheckedAt && <Moment instant={connection.lastCheckedAt} words={words.checked} />}
			{connection.lastSuccessAt && <Moment instant={connection.lastSuccessAt} words={words.worked} />}
			{connection.nextAttemptAt && (
				<span title={longWhen(Date.parse(connection.nextAttemptAt))}>
					{words.asksAgain(at(connection.nextAttemptAt))}
				</span>
			)}
			{connection.expiresAt && (
				<span>
					{connection.status === "expired" ? words.ended : words.ends(longWhen(Date.parse(connection.expiresAt)))}
				</span>
			)}
			{pickedBy !== null && <a href={optionsPath("selections")}>{selectionWords.hanging(pickedBy)}</a>}
			{waiting > 0 && <span>{words.waiting(waiting)}</span>}
			{connectedBy && <span>{words.connectedBy(connectedBy.name)}</span>}
			{shownSettings(settings, provider).map((value) => (
				<span key={value} class="mono clip">
					{value}
				</span>
			))}
			{scopes.length > 0 && (
				<span>
					{words.scopes} <span class="mono">{scopes.join(", ")}</span>
				</span>
			)}
		</p>
	);
}

/** The hour of a moment to come; it is never far away. */
function at(instant: string): string {
	return new Date(instant).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
}
